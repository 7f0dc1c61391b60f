package dev.weir.tidy;

import java.util.List;
import java.util.function.Function;

/** Every rule, with one example that breaks it and one close by that does not. */
enum Rule {
    FILES_ARE_SHORT(
            Limits::fileLines,
            java("A", "class A {}\n" + "//\n".repeat(400)),
            java("A", "//\n".repeat(400))),
    THE_LAUNCHER_IS_SHORT(
            Limits::fileLines,
            new TextFile("weir", "#!/bin/sh\n" + "true\n".repeat(100)),
            new TextFile("weir", "#!/bin/sh\n" + "true\n".repeat(99))),
    METHODS_ARE_SHORT(
            Limits::methodLines,
            java("A", "class A { void a() {\n" + "//\n".repeat(69) + "} }"),
            java("A", "class A { void a() {\n" + "//\n".repeat(68) + "} }")),
    COLLABORATORS_ARE_FEW(
            Limits::collaborators,
            java("A", "class A { A(int a, int b, int c, int d, int e, int f) {} }"),
            java("A", "record A(int a, int b, int c, int d, int e, int f) { A {} }")),
    INHERITANCE_IS_FLAT(
            Limits::inheritance,
            java("A", "class A {} class B extends A {} class C extends B {}"),
            java("A", "class A extends Thread {} class B extends A {}")),
    TYPES_ARE_NAMED_BY_ROLE(
            Names::types, java("A", "class StringUtils {}"), java("A", "class Implement {}")),
    METHODS_ARE_NAMED_BY_EFFECT(
            Names::methods,
            java("A", "class A { void handleEvent() {} }"),
            java(
                    "A",
                    "class A { @Override public void handle() {} Process process() { return null; } }")),
    TESTS_DO_NOT_SLEEP(
            Habits::sleepsInTests,
            test("class A { void a() { Thread.sleep(1); } }"),
            test("class A { void a() { clock.sleep(1); } }")),
    TESTS_ARE_NOT_DISABLED(
            Habits::disabledTests,
            test("class A { @Test @Disabled void a() {} }"),
            test("class A { @Test void a() {} }")),
    EXCEPTIONS_ARE_NOT_SWALLOWED(
            Habits::swallowedExceptions,
            java("A", "class A { void a() { try { b(); } catch (Exception e) {} } }"),
            java("A", "class A { void a() { try { b(); } catch (BindException e) {} } }")),
    SWITCHES_NAME_EVERY_PATTERN(
            Habits::defaults,
            java(
                    "A",
                    "class A { int a(Object o) { return switch (o) { case B b -> 1; default -> 2; }; } }"),
            java(
                    "A",
                    "class A { int a(String s) { return switch (s) { case \"b\" -> 1; default -> 2; }; } }")),
    SWITCHES_NAME_EVERY_CONSTANT(
            Habits::defaults,
            java("A", "class A { void a(B b) { switch (b) { case C: break; default: } } }"),
            java("A", "class A { void a(B b) { switch (b) { case C -> {} case D -> {} } } }")),
    TYPES_ARE_DOCUMENTED(
            Habits::undocumentedTypes,
            java("A", "class A {}"),
            java("A", "/** A. */ class A { class B {} }")),
    NOTHING_IS_LEFT_TO_DO(
            Texts::leftovers,
            new TextFile("a.md", "fine\nTO" + "DO: mend"),
            new TextFile("a.md", "mastodon")),
    NO_PACKAGE_REGISTRY_IS_NAMED(
            Texts::registries,
            new TextFile("a.md", "https://repo1.ma" + "ven.org/maven2"),
            new TextFile("a.md", "http://maven.apache.org/POM/4.0.0")),
    NO_PATH_OF_A_MACHINE_IS_NAMED(
            Texts::machinePaths,
            new TextFile("a.md", "see /ro" + "ot/notes"),
            new TextFile("a.md", "mounted at /weir/work/ and ~/notes"));

    final Function<Project, List<Finding>> check;
    final TextFile breach;
    final TextFile fine;

    Rule(Function<Project, List<Finding>> check, TextFile breach, TextFile fine) {
        this.check = check;
        this.breach = breach;
        this.fine = fine;
    }

    private static TextFile java(String name, String text) {
        return new TextFile("planted/src/main/java/" + name + ".java", text);
    }

    private static TextFile test(String text) {
        return new TextFile("planted/src/test/java/ATest.java", text);
    }
}
