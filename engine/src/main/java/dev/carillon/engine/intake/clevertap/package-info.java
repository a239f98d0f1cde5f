/** CleverTap's upload format. */
@NullMarked
package dev.carillon.engine.intake.clevertap;

import org.jspecify.annotations.NullMarked;
