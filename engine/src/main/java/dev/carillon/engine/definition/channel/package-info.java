/** What a channel has of its own in a campaign's content. */
@NullMarked
package dev.carillon.engine.definition.channel;

import org.jspecify.annotations.NullMarked;
