/** What a campaign says. */
@NullMarked
package dev.carillon.engine.definition.content;

import org.jspecify.annotations.NullMarked;
