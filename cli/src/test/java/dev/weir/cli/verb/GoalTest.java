package dev.weir.cli.verb;

import static dev.weir.cli.fake.Session.DELAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.fake.Session;
import dev.weir.cli.verb.Goal.Verdict;
import dev.weir.crds.Phase;
import dev.weir.crds.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason, were a job blocked by it: who can help decides whether it is waited for. */
class GoalTest {

    private final Session session = new Session().withDelays();

    @ParameterizedTest
    @EnumSource
    void rule2_onlyWhatAPersonHasToMendEndsAWait(Reason reason) {
        session.place().report(DELAYS, session.report().blocked(Phase.FAILED, reason, "because"));
        var verdict = new Goal.Ready().judge(session.place().job(DELAYS));
        var mendsByTime = Goal.TIME_MAY_HELP.contains(reason);
        if (reason == Reason.COMPLETED || reason.remedy().isBlank() || mendsByTime) {
            assertThat(verdict).isEqualTo(new Verdict.NotYet());
        } else {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Blocked.class,
                            blocked -> {
                                assertThat(blocked.why().word()).isEqualTo(reason.word());
                                assertThat(blocked.why().what())
                                        .isEqualTo(reason.message() + ": because.");
                                assertThat(blocked.why().remedy()).contains(reason.remedy() + ".");
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReasonOnTheWayNeverEndsAWait(Reason reason) {
        session.place().report(DELAYS, session.report().onTheWay(Phase.PREPARING, reason));
        assertThat(new Goal.Ready().judge(session.place().job(DELAYS)))
                .isEqualTo(new Verdict.NotYet());
    }
}
