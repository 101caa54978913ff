/**
 * Every rule that decides: which options pass the gates, how they score, how sure the first rank is, and what may be said of it. Pure
 * functions of analyses and of the rules that the reader set; whoever words a record takes the words from here and adds no judgement.
 * Sees {@code results.analysis}, and is seen by documents alone. Everything here is immutable.
 */
@NullMarked
package io.quorumark.results.decision;

import org.jspecify.annotations.NullMarked;
