/** Members in processes of their own: how one is configured and run, and how a local group of them is started, watched and stopped. */
@NullMarked
package io.quorumark.campaign.node;

import org.jspecify.annotations.NullMarked;
