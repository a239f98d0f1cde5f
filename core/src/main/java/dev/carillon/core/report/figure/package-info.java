/** The figures that a report is made of, and what each of them counts. */
@NullMarked
package dev.carillon.core.report.figure;

import org.jspecify.annotations.NullMarked;
