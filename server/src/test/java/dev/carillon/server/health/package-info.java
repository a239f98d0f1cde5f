/** Tests of health. */
@NullMarked
package dev.carillon.server.health;

import org.jspecify.annotations.NullMarked;
