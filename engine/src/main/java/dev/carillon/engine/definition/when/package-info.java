/** When a campaign is sent. */
@NullMarked
package dev.carillon.engine.definition.when;

import org.jspecify.annotations.NullMarked;
