/** Plans: what a campaign runs, read strictly from YAML, completed from a profile and checked before anything starts. */
@NullMarked
package io.quorumark.campaign.plan;

import org.jspecify.annotations.NullMarked;
