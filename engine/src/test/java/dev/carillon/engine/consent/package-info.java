@NullMarked
package dev.carillon.engine.consent;

import org.jspecify.annotations.NullMarked;
