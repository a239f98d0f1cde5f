/** Campaigns, rules and goals as JSON: reading with every problem named, and writing. */
@NullMarked
package dev.carillon.engine.definition;

import org.jspecify.annotations.NullMarked;
