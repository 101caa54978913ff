/** {@code quorumark durability}: runs the engines' durability rig and turns what it finds into evidence. */
@NullMarked
package io.quorumark.campaign.durability;

import org.jspecify.annotations.NullMarked;
