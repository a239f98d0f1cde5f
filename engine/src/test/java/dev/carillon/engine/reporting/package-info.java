/** Tests of reports. */
@NullMarked
package dev.carillon.engine.reporting;

import org.jspecify.annotations.NullMarked;
