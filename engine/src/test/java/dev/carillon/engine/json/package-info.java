@NullMarked
package dev.carillon.engine.json;

import org.jspecify.annotations.NullMarked;
