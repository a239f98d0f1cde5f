/** Numbers: reports, comparisons, and counting them again. */
@NullMarked
package dev.carillon.server.api.reports;

import org.jspecify.annotations.NullMarked;
