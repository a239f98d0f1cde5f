/** Reading JSON documents that people wrote, with all that is wrong with them. */
@NullMarked
package dev.carillon.engine.definition.json;

import org.jspecify.annotations.NullMarked;
