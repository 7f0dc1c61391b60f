package org.apache.flink.planted;

/** Stands for a class of the engine, which is not on the operator's class path. */
public final class Engine {
    public void run() {}
}
