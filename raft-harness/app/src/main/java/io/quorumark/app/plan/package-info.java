/** Plans: what a campaign runs, read strictly from YAML, completed from a profile and checked before anything starts. */
@NullMarked
package io.quorumark.app.plan;

import org.jspecify.annotations.NullMarked;
