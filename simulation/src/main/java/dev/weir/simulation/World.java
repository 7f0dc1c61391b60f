package dev.weir.simulation;

/** The physics of one schedule: time, chance, faults, and the record of what happened. */
record World(Agenda agenda, Chance chance, Faults faults, Trace trace) {

    static World of(long seed, long schedule, java.util.function.Consumer<Object> listener) {
        var agenda = new Agenda();
        var chance = new Chance(seed, schedule);
        var trace = new Trace(agenda, listener);
        return new World(agenda, chance, new Faults(chance, trace), trace);
    }

    /** A delay of a network or a disk that is well. */
    long little() {
        return chance.between(1, 12);
    }
}
