/** A chain of blocks and the state that their transactions change. */
@NullMarked
package io.quorumark.workload.model.ledger;

import org.jspecify.annotations.NullMarked;
