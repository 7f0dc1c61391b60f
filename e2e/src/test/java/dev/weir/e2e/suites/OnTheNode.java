package dev.weir.e2e.suites;

import dev.weir.e2e.node.Stage;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link Stage} of the run to each test that asks for it, and takes it down after the
 * last.
 */
final class OnTheNode implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(OnTheNode.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Stage.class, _ -> build(), Stage.class);
    }

    private static Stage build() {
        try {
            return Stage.build();
        } catch (Exception e) {
            throw new IllegalStateException("the suites have no stage to play on", e);
        }
    }
}
