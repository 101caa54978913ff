/** How long values are and how well they compress. Specs are immutable; what draws from them belongs to one thread. */
@NullMarked
package io.quorumark.workload.value;

import org.jspecify.annotations.NullMarked;
