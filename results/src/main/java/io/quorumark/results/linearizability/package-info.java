/**
 * What clients of groups were told while faults were made, as evidence that lies beside campaigns and that decisions ask for. Depends on
 * {@code results.store} for the stored format; nothing here runs a group.
 */
@NullMarked
package io.quorumark.results.linearizability;

import org.jspecify.annotations.NullMarked;
