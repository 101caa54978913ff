package io.quorumark.jmh;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Transaction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Transactions without a conflict. Skipped for engines that do not claim {@link Ability#TRANSACTIONS}. */
public class EngineTransactionBenchmark extends EngineBenchmark {
    /** Refuses engines without transactions before the clock starts. */
    @State(Scope.Benchmark)
    public static class Claimed {
        @Setup(Level.Trial)
        public void check(EngineState engine) throws Exception {
            engine.requireAbility(Ability.TRANSACTIONS);
        }
    }

    /** Reads one record, overwrites it and commits. With several threads, give many records: a conflict ends the benchmark. */
    @Benchmark
    public int readAndWrite(Claimed claimed, EngineState engine, SessionState mine) {
        mine.chooseKey(engine);
        mine.changeValue();
        mine.target.clear();
        try (Transaction transaction = mine.session.openTransaction()) {
            int length = transaction.get(engine.keyspace(), mine.key, mine.target);
            transaction.put(engine.keyspace(), mine.key, mine.value);
            transaction.commit(engine.level());
            return length;
        }
    }
}
