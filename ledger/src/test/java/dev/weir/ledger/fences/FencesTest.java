package dev.weir.ledger.fences;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.weir.ledger.PlantedRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the ledger may know; each fence finds the breach that was planted for it. */
final class FencesTest {

    private static final JavaClasses LEDGER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.weir.ledger");

    private static final JavaClasses PLANTED =
            new ClassFileImporter().importClasses(PlantedRule.class);

    private static final ArchRule RULES_KNOW_THE_JDK_AND_JACKSON =
            classes()
                    .that()
                    .resideInAPackage("dev.weir.ledger")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "com.fasterxml.jackson..", "dev.weir.ledger");

    private static final ArchRule THE_SDK_STAYS_IN_ITS_ADAPTER =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.weir.ledger.s3")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon..");

    private static final ArchRule ONLY_THE_RUNNER_LETS_TIME_PASS =
            noClasses()
                    .that()
                    .resideInAPackage("dev.weir.ledger")
                    .and()
                    .doNotHaveSimpleName("StepRunner")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio.file..")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime");

    static Stream<Arguments> fences() {
        return Stream.of(
                Arguments.of(RULES_KNOW_THE_JDK_AND_JACKSON, "dev.weir.ledger.s3.S3Access"),
                Arguments.of(
                        THE_SDK_STAYS_IN_ITS_ADAPTER,
                        "software.amazon.awssdk.services.s3.S3Client"),
                Arguments.of(ONLY_THE_RUNNER_LETS_TIME_PASS, "java.util.concurrent.TimeUnit"),
                Arguments.of(ONLY_THE_RUNNER_LETS_TIME_PASS, "java.time.Instant.now()"));
    }

    @ParameterizedTest
    @MethodSource("fences")
    void theLedgerStaysInside(ArchRule fence, String breach) {
        assertThat(LEDGER).as("classes looked at").hasSizeGreaterThan(50);
        fence.check(LEDGER);
    }

    @ParameterizedTest
    @MethodSource("fences")
    void aPlantedBreachIsFound(ArchRule fence, String breach) {
        assertThat(fence.evaluate(PLANTED).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(breach));
    }
}
