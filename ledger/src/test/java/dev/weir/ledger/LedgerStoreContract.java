package dev.weir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.LedgerStore.Creation;
import dev.weir.ledger.LedgerStore.Deletion;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link JobStore} must keep: run on the store in memory and on the S3 adapter, so that
 * what is proven on the one holds on the other.
 */
public interface LedgerStoreContract {

    int WRITERS = 8;
    int ROUNDS = 30;

    /** An empty job's root. */
    JobStore store();

    /** Puts a {@code _metadata} of {@code size} bytes where Flink would; returns its location. */
    String writeMetadata(String checkpoint, int size);

    @Test
    default void anObjectIsCreatedOnceAndNeverOverwritten() {
        assertThat(store().create("ledger/1", "first")).isEqualTo(new Creation.Created());
        assertThat(store().create("ledger/1", "second")).isEqualTo(new Creation.Exists());
        assertThat(store().read("ledger/1")).isEqualTo(Seen.present("first"));
    }

    @Test
    default void theSameBytesAgainAreRefusedTooAndReadingTellsThatTheyAreOnesOwn() {
        store().create("ledger/1", "mine");
        assertThat(store().create("ledger/1", "mine")).isEqualTo(new Creation.Exists());
    }

    @Test
    default void aKeyThatWasNeverCreatedIsAbsent() {
        assertThat(store().read("ledger/nothing")).isEqualTo(Seen.absent());
    }

    @Test
    default void contentComesBackByteForByte() {
        var content = "{\"a\":\"é ∑ \\n\"}";
        store().create("ledger/1", content);
        assertThat(store().read("ledger/1")).isEqualTo(Seen.present(content));
    }

    @Test
    default void aListIsInOrderAndKeepsToPrefixAndLimit() {
        List.of("ledger/2/0", "ledger/1/1", "ledger/1/0", "other/1")
                .forEach(key -> store().create(key, "x"));
        assertThat(store().list("ledger/", 10))
                .isEqualTo(Seen.present(List.of("ledger/1/0", "ledger/1/1", "ledger/2/0")));
        assertThat(store().list("ledger/", 2))
                .isEqualTo(Seen.present(List.of("ledger/1/0", "ledger/1/1")));
        assertThat(store().list("ledger/3", 2)).isEqualTo(Seen.present(List.of()));
    }

    @Test
    default void aSlotThatWasDeletedIsAbsentAndDeletingItAgainIsNoError() {
        store().create("ledger/1", "x");
        assertThat(store().delete("ledger/1")).isEqualTo(new Deletion.Deleted());
        assertThat(store().read("ledger/1")).isEqualTo(Seen.absent());
        assertThat(store().delete("ledger/1")).isEqualTo(new Deletion.Deleted());
    }

    @Test
    default void metadataHasItsSizeAndIsAbsentWhereThereIsNone() {
        var location = writeMetadata("checkpoints/1/chk-1", 17);
        assertThat(store().metadataSize(location)).isEqualTo(Seen.present(17L));
        assertThat(store().metadataSize(location + "0")).isEqualTo(Seen.absent());
    }

    @Test
    default void aSweepGoesOnAfterTheLastKeyOfThePageBefore() {
        var all = IntStream.range(0, JobStore.MOST + 2).mapToObj("files/%05d"::formatted).toList();
        all.forEach(key -> store().create(key, "x"));
        store().create("files.other", "x");
        store().create("other", "x");
        assertThat(store().listAfter("files/", ""))
                .isEqualTo(Seen.present(all.subList(0, JobStore.MOST)));
        assertThat(store().listAfter("files/", all.get(JobStore.MOST - 1)))
                .isEqualTo(Seen.present(all.subList(JobStore.MOST, all.size())));
        assertThat(store().listAfter("files/", all.getLast())).isEqualTo(Seen.present(List.of()));
    }

    @Test
    default void aSweepGoesOnAfterAKeyThatWasDeletedMeanwhile() {
        List.of("files/1", "files/2", "files/3").forEach(key -> store().create(key, "x"));
        store().delete("files/2");
        assertThat(store().listAfter("files/", "files/2"))
                .isEqualTo(Seen.present(List.of("files/3")));
    }

    @Test
    default void manyAreDeletedAtOnceAndThoseThatAreGoneAreNoError() {
        var keys = IntStream.range(0, 40).mapToObj("files/%05d"::formatted).toList();
        keys.forEach(key -> store().create(key, "x"));
        store().create("files/kept", "x");
        assertThat(store().deleteAll(keys)).isEqualTo(new Deletion.Deleted());
        assertThat(store().deleteAll(keys)).isEqualTo(new Deletion.Deleted());
        assertThat(store().deleteAll(List.of())).isEqualTo(new Deletion.Deleted());
        assertThat(store().listAfter("files/", "")).isEqualTo(Seen.present(List.of("files/kept")));
    }

    @Test
    default void rule12_ofManyWritersOfOneSlotExactlyOneWins() throws Exception {
        var start = new CyclicBarrier(WRITERS);
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var round = 0; round < ROUNDS; round++) {
                var key = "probe/" + UUID.randomUUID();
                var race = new ArrayList<Callable<Creation>>();
                IntStream.range(0, WRITERS)
                        .forEach(
                                writer ->
                                        race.add(
                                                () -> {
                                                    start.await(20, TimeUnit.SECONDS);
                                                    return store().create(key, "writer " + writer);
                                                }));
                var told = new ArrayList<Creation>();
                for (var one : threads.invokeAll(race, 60, TimeUnit.SECONDS)) {
                    told.add(one.get());
                }
                assertThat(told).containsOnlyOnce(new Creation.Created());
                assertThat(told).filteredOn(new Creation.Exists()::equals).hasSize(WRITERS - 1);
                var winner = "writer " + told.indexOf(new Creation.Created());
                assertThat(store().read(key)).isEqualTo(Seen.present(winner));
            }
        }
    }
}
