package dev.weir.cli.admission;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Admission needs the resource definition and nothing else of ours, and no cluster. */
@AnalyzeClasses(
        packages = "dev.weir.cli.admission",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ADMISSION_STANDS_ALONE =
            classes()
                    .should()
                    .onlyDependOnClassesThat(
                            JavaClass.Predicates.resideInAnyPackage(
                                    "java..",
                                    "dev.weir.cli.admission..",
                                    "com.fasterxml.jackson..",
                                    "dev.cel..",
                                    "com.google..",
                                    "org.snakeyaml..",
                                    ""));
}
