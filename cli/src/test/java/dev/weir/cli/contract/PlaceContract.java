package dev.weir.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.place.Admitted;
import dev.weir.cli.place.JobDocument;
import dev.weir.cli.place.Place;
import dev.weir.cli.place.Scope;
import dev.weir.cli.show.Trees;
import dev.weir.operator.wake.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Place} keeps: run on the fake that the verbs are tested with, and on the real
 * ones, so that what is tested on the one holds on the others. All jobs are suspended from the
 * begin, so that nothing runs.
 */
public interface PlaceContract {

    Duration BOUND = Duration.ofMinutes(2);

    String SQL =
            "CREATE TABLE a (b INT) WITH ('connector' = 'datagen');"
                    + " CREATE TABLE c (b INT) WITH ('connector' = 'blackhole');"
                    + " INSERT INTO c SELECT b FROM a";

    Place place();

    /** One that is empty before each test. */
    String namespace();

    /** The name of the job that a test calls so; the order of names stays. */
    default String named(String word) {
        return word;
    }

    /** A job as a user writes it. */
    default JobDocument manifest(String name, int parallelism) {
        try {
            return new JobDocument(
                    (ObjectNode)
                            Trees.ofJson(
                                    """
                                    {"apiVersion": "weir.dev/v1alpha1", "kind": "StreamJob",
                                     "metadata": {"name": "%s", "namespace": "%s"},
                                     "spec": {"suspend": true, "parallelism": %d, "program": {"sql": "%s"}}}
                                    """
                                            .formatted(
                                                    named(name), namespace(), parallelism, SQL)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    default JobKey key(String name) {
        return new JobKey(namespace(), named(name));
    }

    private JobDocument created(String name) {
        return ((Admitted.Created) place().apply(manifest(name, 1))).job();
    }

    @Test
    default void aNewJobIsCreatedWithAnIdentityAndATime() {
        var job = created("made");
        assertThat(job.uid()).isNotEmpty();
        assertThat(job.version()).isNotEmpty();
        assertThat(job.generation()).isEqualTo(1);
        assertThat(job.created()).isPresent();
        assertThat(place().job(key("made")).map(JobDocument::uid)).contains(job.uid());
    }

    @Test
    default void aJobThatIsNotThereIsNot() {
        assertThat(place().job(key("nothing"))).isEmpty();
        assertThat(place().delete(key("nothing"))).isFalse();
        assertThat(place().pods(key("nothing"))).isEmpty();
        assertThat(place().events(key("nothing"))).isEmpty();
    }

    @Test
    default void jobsComeInTheOrderOfTheirNamesAndOnlyThoseAskedFor() {
        List.of("b", "c", "a").forEach(this::created);
        assertThat(place().jobs(new Scope.Namespace(namespace())))
                .extracting(job -> job.key().name())
                .containsExactly(named("a"), named("b"), named("c"));
        assertThat(place().jobs(new Scope.One(key("b")))).hasSize(1);
        assertThat(place().jobs(new Scope.Everywhere()))
                .extracting(JobDocument::key)
                .contains(key("a"), key("b"), key("c"));
    }

    @Test
    default void whatIsThereAlreadyIsUnchangedAndWhatIsNotIsConfigured() {
        created("same");
        assertThat(place().apply(manifest("same", 1))).isInstanceOf(Admitted.Unchanged.class);
        assertThat(place().apply(manifest("same", 2)))
                .isInstanceOfSatisfying(
                        Admitted.Configured.class,
                        configured -> assertThat(configured.job().generation()).isEqualTo(2));
        assertThat(place().job(key("same")).orElseThrow().text("/spec/parallelism")).isEqualTo("2");
    }

    @Test
    default void whatIsNotInANewManifestAnyMoreIsNotInTheSpecAnyMore() {
        var json = manifest("less", 1).json();
        json.withObject("/spec").put("image", "weir/runtime:2");
        place().apply(new JobDocument(json));
        place().apply(manifest("less", 1));
        assertThat(place().job(key("less")).orElseThrow().text("/spec/image")).isEmpty();
    }

    @Test
    default void rule4_labelsOfOthersStayWhereAManifestIsApplied() {
        created("labelled");
        var mine = manifest("labelled", 1).json();
        mine.withObject("/metadata/labels").put("mine", "1");
        place().apply(new JobDocument(mine));
        var other = manifest("labelled", 1).json();
        other.withObject("/metadata/labels").put("other", "2");
        assertThat(place().apply(new JobDocument(other))).isInstanceOf(Admitted.Configured.class);
        var job = place().job(key("labelled")).orElseThrow();
        assertThat(job.text("/metadata/labels/mine")).isEqualTo("1");
        assertThat(job.text("/metadata/labels/other")).isEqualTo("2");
    }

    @Test
    default void rule4_whatAPlaceKeepsIsNotTakenFromADocument() {
        var job = created("exported");
        var exported = job.json();
        exported.withObject("/metadata").put("uid", "another").put("resourceVersion", "1");
        exported.withObject("/status").put("phase", "Running");
        assertThat(place().apply(new JobDocument(exported))).isInstanceOf(Admitted.Unchanged.class);
        assertThat(place().job(key("exported")).orElseThrow().uid()).isEqualTo(job.uid());
    }

    @Test
    default void rule3_everyProblemIsNamedAndNothingIsTaken() {
        var json = manifest("refused", 1).json();
        json.withObject("/spec").put("standby", 1);
        var admitted = place().apply(new JobDocument(json));
        assertThat(admitted)
                .isInstanceOfSatisfying(
                        Admitted.Refused.class,
                        refused -> assertThat(refused.problems().toString()).contains("standby"));
        assertThat(place().apply(manifest("refused", 0)))
                .isInstanceOfSatisfying(
                        Admitted.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .asString()
                                        .contains("spec.parallelism"));
        assertThat(place().job(key("refused"))).isEmpty();
    }

    @Test
    default void rule3_aRefusedChangeLeavesTheJobAsItIs() {
        created("kept");
        assertThat(place().apply(manifest("kept", 0))).isInstanceOf(Admitted.Refused.class);
        assertThat(place().job(key("kept")).orElseThrow().text("/spec/parallelism")).isEqualTo("1");
    }

    @Test
    default void anEditOfTheNewestGenerationIsTakenAndOneOfAnEarlierIsOvertaken() {
        var first = created("edited");
        var edit = first.json();
        edit.withObject("/spec").put("parallelism", 3);
        assertThat(place().replace(new JobDocument(edit), 1))
                .isInstanceOf(Admitted.Configured.class);
        edit.withObject("/spec").put("parallelism", 4);
        assertThat(place().replace(new JobDocument(edit), 1)).isEqualTo(new Admitted.Overtaken());
        assertThat(place().job(key("edited")).orElseThrow().text("/spec/parallelism"))
                .isEqualTo("3");
        assertThat(place().replace(manifest("nobody", 1), 1)).isEqualTo(new Admitted.Overtaken());
    }

    @Test
    default void anEditTakesLabelsAway() {
        var json = manifest("bare", 1).json();
        json.withObject("/metadata/labels").put("mine", "1");
        place().apply(new JobDocument(json));
        var there = place().job(key("bare")).orElseThrow();
        var edit = there.json();
        edit.withObject("/metadata").remove("labels");
        place().replace(new JobDocument(edit), there.generation());
        assertThat(place().job(key("bare")).orElseThrow().text("/metadata/labels/mine")).isEmpty();
    }

    @Test
    default void aWatchShowsWhatIsThereAndThenItsDeletion() {
        created("watched");
        created("other");
        var shown = new ArrayList<String>();
        var enough =
                place().watch(
                                new Scope.One(key("watched")),
                                Optional.of(BOUND),
                                (key, job) -> {
                                    shown.add(key.name());
                                    if (job.filter(now -> !now.isBeingDeleted()).isPresent()) {
                                        place().delete(key);
                                    }
                                    return job.isEmpty();
                                });
        assertThat(enough).isTrue();
        assertThat(shown).containsOnly(named("watched")).hasSizeGreaterThan(1);
        assertThat(place().job(key("watched"))).isEmpty();
    }

    @Test
    default void aWatchOfAJobThatIsNotThereShowsAtOnceThatItIsNot() {
        assertThat(
                        place().watch(
                                        new Scope.One(key("nothing")),
                                        Optional.of(BOUND),
                                        (key, job) -> job.isEmpty() && key.equals(key("nothing"))))
                .isTrue();
    }

    @Test
    default void aWatchEndsWhenItsTimeIsUp() {
        created("waited-for");
        assertThat(
                        place().watch(
                                        new Scope.Namespace(namespace()),
                                        Optional.of(Duration.ofSeconds(1)),
                                        (_, _) -> false))
                .isFalse();
    }
}
