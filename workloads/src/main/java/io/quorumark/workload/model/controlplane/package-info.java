/** Configuration under prefixes, changed by compare-and-set. */
@NullMarked
package io.quorumark.workload.model.controlplane;

import org.jspecify.annotations.NullMarked;
