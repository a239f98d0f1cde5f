/** JSON as it comes in and as it is kept. */
@NullMarked
package dev.carillon.engine.json;

import org.jspecify.annotations.NullMarked;
