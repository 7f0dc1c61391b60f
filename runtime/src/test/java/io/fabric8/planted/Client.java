package io.fabric8.planted;

/** Stands for a client of Kubernetes, which is not on the runtime's class path. */
public final class Client {
    public void delete(String what) {}
}
