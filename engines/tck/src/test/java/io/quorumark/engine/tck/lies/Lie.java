package io.quorumark.engine.tck.lies;

import io.quorumark.engine.tck.EngineCrashTest;
import java.util.stream.Stream;

/** What a toy engine does wrong, and which test of the kit is there to find it. */
enum Lie {
    NONE(""),
    /** Commits of several changes can be seen half done. */
    TORN_BATCH("a_batch_shows_whole_or_not_at_all_to_readers_in_other_threads"),
    /** A snapshot is the live state. */
    SNAPSHOT_SEES_LATER_WRITES("a_snapshot_stands_still_and_the_session_goes_on"),
    /** A snapshot misses the last commit before it. */
    STALE_SNAPSHOT("random_programs_answer_like_sorted_maps"),
    /** Bytes above 127 sort before the others. */
    SIGNED_ORDER("keys_are_in_the_order_of_unsigned_bytes"),
    /** A walk passes over the neighbour of a deleted key. */
    CURSOR_SKIPS_AFTER_DELETE("a_walk_goes_on_where_a_key_was_deleted_under_it"),
    /** The last commit is not in the file. */
    LOST_LAST_WRITE("everything_is_there_after_sync_close_and_reopening_at_every_level"),
    /** Values end after 65,535 bytes. */
    TRUNCATED_VALUE("long_values_come_back_byte_for_byte"),
    /** Reading moves the caller's key. */
    MOVED_KEY("heap_and_direct_buffers_are_taken_and_left_as_they_are"),
    /** Range deletions take their end too. */
    INCLUSIVE_RANGE("a_range_ends_before_its_end_and_an_empty_one_deletes_nothing"),
    /** The bounds of a range may be no longer than a key. */
    BOUNDS_ARE_KEYS("the_bounds_of_a_range_may_be_empty_and_longer_than_a_key"),
    /** A batch is applied from its end. */
    REVERSED_BATCH("a_batch_takes_its_changes_in_their_order"),
    /** A batch of another engine is committed to this one. */
    TAKES_FOREIGN_BATCHES("a_batch_of_another_engine_is_refused_and_changes_nothing"),
    /** A batch keeps the caller's buffers. */
    BORROWED_BATCH("what_was_added_to_a_batch_was_copied"),
    /** Going down ends nowhere: at the first entry, the cursor stays. */
    PREV_STAYS_AT_FIRST("a_cursor_on_no_entry_says_so_and_an_absolute_move_revives_it"),
    /** Transactions commit whatever others did. */
    BLIND_TRANSACTION("of_two_transactions_that_meet_not_both_commit_on_what_they_read_before"),
    /** A rolled back transaction leaves its writes. */
    ROLLBACK_COMMITS("a_transaction_that_is_rolled_back_or_closed_leaves_no_trace"),
    /** A checkpoint takes its time, and what is written meanwhile. */
    LIVE_CHECKPOINT("a_checkpoint_opens_as_an_engine_of_its_own"),
    /** All data is on the Java heap, and the engine says that it is not. */
    DENIES_ITS_HEAP("data_is_on_the_java_heap_where_the_engine_says_so_and_nowhere_else"),
    /** Each opening keeps a file open. */
    LEAKED_DESCRIPTORS("nothing_piles_up_over_openings"),
    /** An engine closes over open sessions. */
    CLOSES_OVER_CHILDREN("a_parent_does_not_close_over_its_children"),
    /** An engine closes under a call of another thread. */
    CLOSES_UNDER_CALLS("calls_of_other_threads_that_meet_a_close_do_their_work_or_say_closed"),
    /** A closed session gives out buffers. */
    ALLOCATES_AFTER_CLOSE("a_closed_handle_answers_closed_and_closing_twice_does_nothing"),
    /** A level that is not offered is taken all the same. */
    TAKES_ANY_LEVEL("levels_that_are_not_claimed_are_refused"),
    /** An empty batch is taken at a level that is not offered. */
    EMPTY_AT_ANY_LEVEL("levels_that_are_not_claimed_are_refused"),
    /** Weaker commits are said to be taken and are refused. */
    CLAIMS_MIXED_LEVELS("weaker_commits_are_taken_by_an_engine_that_mixes_levels"),
    /** An ability is claimed and throws. */
    CLAIMS_BACKUP("a_second_backup_restores_what_it_held_and_the_first_too"),
    /** An ability is not claimed and does nothing. */
    SWALLOWS_COMPACTION("compaction_keeps_all_data_or_is_refused"),
    /** Compaction is claimed and done, and not told. */
    SILENT_COMPACTION("a_compaction_that_was_asked_for_is_told_once_with_its_times"),
    /** Compaction is told with times of day. */
    COMPACTION_BY_TIME_OF_DAY("a_compaction_that_was_asked_for_is_told_once_with_its_times"),
    /** What was told of compaction is told again. */
    COMPACTION_TOLD_AGAIN("a_compaction_that_was_asked_for_is_told_once_with_its_times"),
    /** A folder can be open twice. */
    NO_LOCK("a_folder_is_open_once"),
    /** Options nobody knows are passed over. */
    IGNORES_OPTIONS("an_unknown_option_is_refused_by_name"),
    /** A commit at power-loss durability is acknowledged without a sync. */
    SKIPPED_SYNC("a_power_cut_leaves_every_batch_that_was_acknowledged_at_power_loss"),
    /** No lie: commits are stored through a mapping of the file. */
    MAPPED(""),
    /** The same, and a commit at power-loss durability is acknowledged without a sync of the mapping. */
    SKIPPED_MAPPED_SYNC("a_power_cut_leaves_every_batch_that_was_acknowledged_at_power_loss"),
    /** Each sync is counted twice. */
    COUNTS_SYNCS_TWICE("a_power_cut_leaves_every_batch_that_was_acknowledged_at_power_loss"),
    /** A damaged file ends in an exception of no known type. */
    UNTYPED_DAMAGE("damage_anywhere_ends_in_a_typed_error_or_in_an_engine_that_reads"),
    /** A check of damaged data ends the process. */
    VERIFY_ENDS_THE_PROCESS("damage_anywhere_ends_in_a_typed_error_or_in_an_engine_that_reads"),
    /** A check of damaged data says that the device does not answer. */
    VERIFY_BLAMES_THE_DEVICE("damage_anywhere_ends_in_a_typed_error_or_in_an_engine_that_reads"),
    /** What is committed during a check is damage to it. */
    VERIFY_TAKES_COMMITS_FOR_DAMAGE("what_is_whole_verifies_while_it_is_written_to"),
    /** A device without room ends in what is said of a damaged file. */
    FULL_DEVICE_AS_DAMAGE("a_device_without_room_is_not_taken_for_damage"),
    /** A sync does nothing. */
    IDLE_SYNC("a_sync_reaches_the_device"),
    /** What was left by a killed process ends in an exception of no known type. */
    UNTYPED_AFTER_KILL("a_process_killed_at_no_durability_leaves_what_opens_or_is_refused_with_a_typed_error"),
    /** A snapshot shows something else once enough was committed after it. */
    UNPROTECTED_SNAPSHOT("a_snapshot_reads_every_record_after_all_were_overwritten_many_times_and_compacted"),
    /** The engine can write no more, and its health is good. */
    ALWAYS_HEALTHY("an_engine_that_refuses_all_commits_does_not_say_that_its_health_is_good"),
    /** There are always seven keys. */
    SEVEN_KEYS("the_number_of_keys_is_that_of_the_keys_written"),
    /** A write on an interrupted thread closes the file for good. */
    DIES_OF_INTERRUPT("calls_on_an_interrupted_thread_complete_or_refuse_and_the_engine_stays_usable"),
    /** A write that is interrupted again and again closes the file for good. */
    DIES_OF_INTERRUPTS_WHILE_WRITING(
            "a_writer_that_is_interrupted_again_and_again_loses_nothing_that_was_acknowledged"),
    /** A call clears the interrupt of its thread. */
    SWALLOWS_INTERRUPT("calls_on_an_interrupted_thread_complete_or_refuse_and_the_engine_stays_usable"),
    /** A write on an interrupted thread is refused after it was done. */
    REFUSES_WHAT_IT_DID("calls_on_an_interrupted_thread_complete_or_refuse_and_the_engine_stays_usable"),
    /** A checkpoint on an interrupted thread is refused half-way. */
    INTERRUPTED_CHECKPOINT_STAYS("a_checkpoint_on_an_interrupted_thread_is_whole_or_absent"),
    /** Opening on an interrupted thread fails. */
    NO_OPENING_WHEN_INTERRUPTED("an_interrupted_thread_opens_and_closes"),
    /** After its close, the engine says that it does not support what it does not support. */
    UNSUPPORTED_AFTER_CLOSE("every_method_of_a_closed_engine_says_closed"),
    /** Checkpoints are made under a name that a killed process may have left. */
    FIXED_TEMPORARY_NAME("what_a_process_that_was_killed_in_a_checkpoint_leaves_stops_nobody"),
    /** A checkpoint that finds its target taken at the end leaves what it has made. */
    LOSING_CHECKPOINT_STAYS("of_two_checkpoints_to_one_target_at_a_time_one_is_made"),
    /** A write is acknowledged before it is handed to the operating system. */
    ACKNOWLEDGES_EARLY("a_killed_process_leaves_every_acknowledged_batch_and_no_torn_one"),
    /** One commit in 33 is acknowledged before it is handed to the operating system, with the commit after it. */
    HOLDS_ONE_IN_33("a_killed_process_leaves_every_acknowledged_batch_and_no_torn_one"),
    /** Every 33rd commit starts a new file, and it is not in it until the commit after it. */
    LOSES_BEFORE_ROLLOVER("a_killed_process_leaves_every_acknowledged_batch_and_no_torn_one"),
    /** For three commits in a hundred the file is written anew, and what is committed meanwhile is kept in memory. */
    LOSES_WHILE_COMPACTING("a_killed_process_leaves_every_acknowledged_batch_and_no_torn_one");

    private final String foundBy;

    Lie(String foundBy) {
        this.foundBy = foundBy;
    }

    /** Whether it shows in three of a hundred kills at random, so that only those that are aimed find it. */
    boolean isSeldom() {
        return this == HOLDS_ONE_IN_33 || this == LOSES_BEFORE_ROLLOVER || this == LOSES_WHILE_COMPACTING;
    }

    /** Whether the file is written to through a mapping. */
    boolean isMapped() {
        return this == MAPPED || this == SKIPPED_MAPPED_SYNC;
    }

    /** Whether the engine says that it can compact; a file that is mapped cannot be replaced. */
    boolean claimsCompaction() {
        return this != SWALLOWS_COMPACTION && this != UNSUPPORTED_AFTER_CLOSE && !isMapped();
    }

    /** The toy's kit that has the test for this lie. */
    Class<?> kit() {
        return Stream.of(EngineCrashTest.class.getDeclaredMethods())
                        .anyMatch(test -> test.getName().equals(foundBy))
                ? ToyKits.Crash.class
                : ToyKits.Conformance.class;
    }

    /** The name of the test that is there for this lie. */
    String foundBy() {
        return foundBy;
    }
}
