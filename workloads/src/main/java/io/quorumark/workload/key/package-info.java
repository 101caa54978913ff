/** Which keys a workload touches, how often, and how they are written. Specs are immutable; what draws from them belongs to one thread. */
@NullMarked
package io.quorumark.workload.key;

import org.jspecify.annotations.NullMarked;
