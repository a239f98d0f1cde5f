/** What the statistics of each channel are made of. */
@NullMarked
package dev.carillon.core.channel.sheet;

import org.jspecify.annotations.NullMarked;
