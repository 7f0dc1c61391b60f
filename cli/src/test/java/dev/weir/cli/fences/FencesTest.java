package dev.weir.cli.fences;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.weir.cli.verb.PlantedVerb;
import org.junit.jupiter.api.Test;

/** What the verbs may know: the port and the API's model, and neither place behind it. */
class FencesTest {

    private static final JavaClasses CLI =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.weir.cli");

    private static ArchRule verbsKnowNeitherPlace() {
        return noClasses()
                .that(
                        resideInAnyPackage(
                                "dev.weir.cli.verb..",
                                "dev.weir.cli.place..",
                                "dev.weir.cli.show..",
                                "dev.weir.cli.manifest.."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.fabric8.kubernetes.client..")
                                .or(resideInAPackage("dev.weir.cli.kubernetes.."))
                                .or(resideInAPackage("dev.weir.local..")));
    }

    @Test
    void theVerbsStayInside() {
        assertThat(CLI).as("classes looked at").hasSizeGreaterThan(50);
        verbsKnowNeitherPlace().check(CLI);
    }

    @Test
    void aPlantedBreachIsFound() {
        var planted = new ClassFileImporter().importClasses(PlantedVerb.class);
        assertThat(verbsKnowNeitherPlace().evaluate(planted).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("KubernetesClient"));
    }
}
