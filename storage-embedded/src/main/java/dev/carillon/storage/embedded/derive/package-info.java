/** What follows from new entries: conversions, replies and other facts about messages. */
@NullMarked
package dev.carillon.storage.embedded.derive;

import org.jspecify.annotations.NullMarked;
