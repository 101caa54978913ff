package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Transactions, and the lock of an engine with one writer. */
class TransactionLifeTest {
    private final HandleChecks engine = new HandleChecks(
            "tiny",
            EngineConfig.of(Path.of("data"), Keyspace.listOf("one"), Durability.POWER_LOSS),
            new Limits(0, Limits.PORTABLE_MAX_KEY_BYTES, Limits.PORTABLE_MAX_VALUE_BYTES));

    @Test
    void it_runs_ends_and_closes() {
        TransactionLife life = new TransactionLife(engine, false);
        life.requireRunning();
        assertThat(life.isRunning()).isTrue();
        life.end();
        assertThat(life.isRunning()).isFalse();
        life.requireUsable();
        assertThatThrownBy(life::requireRunning)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tiny at data has ended");
        assertThat(life.beginClosing()).isTrue();
        life.close();
        assertThat(life.beginClosing()).isFalse();
        assertThatThrownBy(life::requireUsable).isInstanceOf(EngineException.Closed.class);
        assertThatThrownBy(life::requireRunning).isInstanceOf(EngineException.Closed.class);
    }

    @Test
    void one_that_belongs_to_its_thread_is_refused_to_others() {
        TransactionLife own = new TransactionLife(engine, true);
        TransactionLife anybodys = new TransactionLife(engine, false);
        CompletableFuture.runAsync(() -> {
                    assertThatThrownBy(own::requireRunning)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("which opened it");
                    assertThatThrownBy(own::beginClosing).isInstanceOf(IllegalStateException.class);
                    anybodys.requireRunning();
                })
                .join();
        own.requireRunning();
    }

    @Test
    void a_second_writer_waits_for_the_first_and_nobody_for_himself() throws Exception {
        OneWriter writer = new OneWriter(engine);
        writer.begin();
        assertThatThrownBy(writer::begin)
                .isInstanceOf(EngineException.Conflict.class)
                .hasMessageContaining("commit or close it first");
        CountDownLatch began = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            writer.begin();
            began.countDown();
            writer.end();
        });
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(began.getCount()).isOne();
        writer.end();
        began.await();
        second.join();
    }
}
