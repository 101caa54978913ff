/** An engine for readers: sorted maps on the heap, saved to one file. It shows what an adapter has to do, and is not meant for data. */
@NullMarked
package org.example.tiny;

import org.jspecify.annotations.NullMarked;
