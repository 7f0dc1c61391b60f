package dev.weir.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds all modules to the rules, and each rule to its examples. */
class TidyTest {

    private static Project repository;

    @BeforeAll
    static void readTheRepository() throws IOException, InterruptedException {
        repository = Project.ofRepository();
    }

    @Test
    void theRepositoryIsSeen() {
        assertThat(repository.sources().stream().map(source -> source.file().path()))
                .contains("tidy/src/test/java/dev/weir/tidy/TidyTest.java");
    }

    @ParameterizedTest
    @EnumSource
    void theRepositoryObeys(Rule rule) {
        assertThat(rule.check.apply(repository)).as(rule.name()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBreachIsFoundWithItsPlaceAndRemedy(Rule rule) {
        assertThat(rule.check.apply(Project.of(List.of(rule.breach))))
                .as(rule.name())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.file()).isEqualTo(rule.breach.path());
                            assertThat(finding.line()).isPositive();
                            assertThat(finding.remedy()).contains(";");
                        });
    }

    @ParameterizedTest
    @EnumSource
    void aCloseMissIsNotFound(Rule rule) {
        assertThat(rule.check.apply(Project.of(List.of(rule.fine)))).as(rule.name()).isEmpty();
    }
}
