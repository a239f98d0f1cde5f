/**
 * Reports: ledgers kept in memory and live, numbers and the people behind them, and their proof.
 */
@NullMarked
package dev.carillon.engine.reporting;

import org.jspecify.annotations.NullMarked;
