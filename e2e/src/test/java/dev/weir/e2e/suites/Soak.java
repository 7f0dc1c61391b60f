package dev.weir.e2e.suites;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that takes minutes by its nature; it runs where {@code -Dweir.soak=true} asks for it. */
@EnabledIfSystemProperty(
        named = Soak.PROPERTY,
        matches = "true",
        disabledReason = "takes minutes; -Dweir.soak=true runs it")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Soak {

    String PROPERTY = "weir.soak";
}
