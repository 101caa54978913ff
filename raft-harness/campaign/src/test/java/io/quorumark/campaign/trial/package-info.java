@NullMarked
package io.quorumark.campaign.trial;

import org.jspecify.annotations.NullMarked;
