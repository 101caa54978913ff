/**
 * What campaigns leave behind and what follows from it: stored records ({@code model}), the campaign folder ({@code store}), statistics
 * ({@code stats}), what the documents print ({@code analysis}), the comparison of two campaigns ({@code gate}). Depends on no other module.
 */
@NullMarked
package io.quorumark.results;

import org.jspecify.annotations.NullMarked;
