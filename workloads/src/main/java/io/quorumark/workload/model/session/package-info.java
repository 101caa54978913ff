/** A session store: three entries for each session, written and deleted in one batch. */
@NullMarked
package io.quorumark.workload.model.session;

import org.jspecify.annotations.NullMarked;
