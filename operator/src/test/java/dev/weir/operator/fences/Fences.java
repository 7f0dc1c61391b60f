package dev.weir.operator.fences;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What the operator's packages may know of each other and of the world. */
final class Fences {

    private static final String PLAN = "dev.weir.operator.plan..";
    private static final String REPORT = "dev.weir.operator.report..";

    /** Of the JDK, what holds values and computes with them. */
    private static final DescribedPredicate<JavaClass> VALUES_OF_THE_JDK =
            resideInAnyPackage(
                            "java.lang",
                            "java.lang.invoke",
                            "java.lang.runtime",
                            "java.lang.annotation",
                            "java.time..",
                            "java.util",
                            "java.util.function",
                            "java.util.regex",
                            "java.util.stream",
                            "java.nio.charset",
                            "java.security",
                            "java.math")
                    .or(JavaClass.Predicates.type(java.net.URI.class))
                    .or(JavaClass.Predicates.type(java.io.Serializable.class));

    private static final DescribedPredicate<JavaClass> OUR_TYPES =
            resideInAnyPackage("dev.weir.crds..", "dev.weir.protocol..", "dev.weir.ledger");

    /** A resource's metadata and quantities: values of the API, no client. */
    private static final DescribedPredicate<JavaClass> MODEL_OF_THE_API =
            resideInAPackage("io.fabric8.kubernetes.api.model");

    private static final Set<String> CLOCKS_AND_CHANCE =
            Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID", "random", "getenv");

    private Fences() {}

    static ArchRule plannersKnowOnlyValues() {
        return classes()
                .that(resideInAPackage(PLAN).and(describe("don't read specs", Fences::isNoReader)))
                .should()
                .onlyDependOnClassesThat(
                        VALUES_OF_THE_JDK.or(OUR_TYPES).or(resideInAPackage(PLAN)).or(arrays()))
                .because("a plan is a pure function of what was seen");
    }

    static ArchRule theSpecReaderKnowsTheApisModelBesides() {
        return classes()
                .that(resideInAPackage(PLAN))
                .should()
                .onlyDependOnClassesThat(
                        VALUES_OF_THE_JDK
                                .or(OUR_TYPES)
                                .or(MODEL_OF_THE_API)
                                .or(resideInAPackage(PLAN))
                                .or(arrays()));
    }

    static ArchRule reportsKnowOnlyValues() {
        return classes()
                .that(resideInAPackage(REPORT))
                .should()
                .onlyDependOnClassesThat(
                        VALUES_OF_THE_JDK
                                .or(OUR_TYPES)
                                .or(resideInAnyPackage(PLAN, REPORT))
                                .or(arrays()))
                .because("a status is a pure function of what was seen and decided");
    }

    static ArchRule nothingPureAsksForTimeOrChance() {
        return noClasses()
                .that(resideInAnyPackage(PLAN, REPORT))
                .should()
                .callCodeUnitWhere(describe("asks a clock, chance or the process", Fences::asks))
                .orShould()
                .dependOnClassesThat(
                        simpleName("Clock")
                                .or(simpleName("InstantSource"))
                                .or(simpleName("Random"))
                                .or(simpleName("SecureRandom")))
                .because("time is data: the observation carries it");
    }

    static ArchRule nothingPureLogs() {
        return noClasses()
                .that(resideInAnyPackage(PLAN, REPORT))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                        "org.slf4j..",
                                        "org.jboss.logging..",
                                        "io.quarkus..",
                                        "java.util.logging..")
                                .or(JavaClass.Predicates.type(System.Logger.class)))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err");
    }

    static ArchRule theOperatorKnowsNothingOfTheEngine() {
        return noClasses()
                .that()
                .resideInAPackage("dev.weir.operator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "dev.weir.runtime..");
    }

    static ArchRule theOperatorHoldsNoStore() {
        return noClasses()
                .that()
                .resideInAPackage("dev.weir.operator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon..", "dev.weir.ledger.s3..", "dev.weir.ledger.memory..")
                .because("the operator has no credentials of any store");
    }

    private static boolean isNoReader(JavaClass type) {
        return !type.getName().startsWith("dev.weir.operator.plan.SpecReader");
    }

    private static DescribedPredicate<JavaClass> arrays() {
        return describe("primitives and arrays", type -> type.isPrimitive() || type.isArray());
    }

    private static boolean asks(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        return target.getOwner().getPackageName().startsWith("java.")
                && CLOCKS_AND_CHANCE.contains(target.getName());
    }
}
