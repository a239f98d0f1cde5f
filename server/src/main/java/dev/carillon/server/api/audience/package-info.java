/** Segments, lists, and suggestions for rules. */
@NullMarked
package dev.carillon.server.api.audience;

import org.jspecify.annotations.NullMarked;
