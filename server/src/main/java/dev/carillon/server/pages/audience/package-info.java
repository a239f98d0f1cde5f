/** Saved segments, custom lists and the rule builder. */
@NullMarked
package dev.carillon.server.pages.audience;

import org.jspecify.annotations.NullMarked;
