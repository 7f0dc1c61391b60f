package dev.weir.runtime.fences;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.weir.runtime.PlantedUndertaker;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the runtime may know; each fence finds the breach that was planted for it. */
final class FencesTest {

    private static final JavaClasses RUNTIME =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.weir.runtime");

    private static final JavaClasses PLANTED =
            new ClassFileImporter().importClasses(PlantedUndertaker.class);

    private static final ArchRule THE_RUNTIME_KNOWS_NOTHING_OF_KUBERNETES =
            noClasses()
                    .that()
                    .resideInAPackage("dev.weir.runtime..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.fabric8..",
                            "io.javaoperatorsdk..",
                            "io.kubernetes..",
                            "dev.weir.operator..",
                            "dev.weir.crds..");

    /** A storekeeper starts in a moment because nothing of it loads the engine. */
    private static final ArchRule A_STOREKEEPER_KNOWS_NOTHING_OF_THE_ENGINE =
            noClasses()
                    .that()
                    .resideInAPackage("dev.weir.runtime.control..")
                    .or()
                    .haveNameMatching(
                            "dev\\.weir\\.runtime\\.(\\w*Undertaker|Storekeeper|SavepointEraser|DriverThread|Identity|Halt"
                                    + "|ledger\\.(Eraser|SavepointPlace|StoreCheck|JobLedger))(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "dev.weir.runtime.flink..",
                            "dev.weir.runtime.program..");

    static Stream<Arguments> fences() {
        return Stream.of(
                Arguments.of(THE_RUNTIME_KNOWS_NOTHING_OF_KUBERNETES, "io.fabric8.planted.Client"),
                Arguments.of(
                        A_STOREKEEPER_KNOWS_NOTHING_OF_THE_ENGINE,
                        "org.apache.flink.configuration.Configuration"));
    }

    @ParameterizedTest
    @MethodSource("fences")
    void theRuntimeStaysInside(ArchRule fence, String breach) {
        assertThat(RUNTIME).as("classes looked at").hasSizeGreaterThan(50);
        fence.check(RUNTIME);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aPlantedBreachIsFound(ArchRule fence, String breach) {
        assertThat(fence.evaluate(PLANTED).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(breach));
    }
}
