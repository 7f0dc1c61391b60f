package dev.weir.operator.fences;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.weir.operator.plan.PlantedPlanner;
import dev.weir.operator.report.PlantedReport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fence holds over the operator, and finds the breach that was planted for it. */
final class FencesTest {

    private static final JavaClasses OPERATOR =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.weir.operator");

    private static final JavaClasses PLANTED =
            new ClassFileImporter().importClasses(PlantedPlanner.class, PlantedReport.class);

    static Stream<Arguments> fences() {
        return Stream.of(
                Arguments.of(Fences.plannersKnowOnlyValues(), "java.nio.file.Files"),
                Arguments.of(
                        Fences.theSpecReaderKnowsTheApisModelBesides(),
                        "io.fabric8.kubernetes.client.KubernetesClient"),
                Arguments.of(Fences.reportsKnowOnlyValues(), "io.fabric8.kubernetes.api.model.Pod"),
                Arguments.of(Fences.nothingPureAsksForTimeOrChance(), "java.time.Instant.now()"),
                Arguments.of(Fences.nothingPureAsksForTimeOrChance(), "System.currentTimeMillis()"),
                Arguments.of(Fences.nothingPureAsksForTimeOrChance(), "java.time.Clock"),
                Arguments.of(Fences.nothingPureLogs(), "org.slf4j.Logger"),
                Arguments.of(Fences.nothingPureLogs(), "java.lang.System.err"),
                Arguments.of(Fences.theOperatorKnowsNothingOfTheEngine(), "org.apache.flink"),
                Arguments.of(
                        Fences.theOperatorHoldsNoStore(),
                        "dev.weir.ledger.memory.InMemoryLedgerStore"));
    }

    @ParameterizedTest
    @MethodSource("fences")
    void theOperatorStaysInside(ArchRule fence, String breach) {
        assertThat(OPERATOR).as("classes looked at").hasSizeGreaterThan(50);
        fence.check(OPERATOR);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aPlantedBreachIsFound(ArchRule fence, String breach) {
        assertThat(fence.evaluate(PLANTED).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(breach));
    }
}
