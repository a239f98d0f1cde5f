package dev.carillon.core.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct events of which a message can have several: rows of message, id and a value, one row a
 * message and id. Of two values for the same row the smaller is kept, so order and repetition of
 * what is added do not matter. Sorted columns of 20 bytes a row; what was added since the last
 * reading waits unsorted.
 */
final class EventRows {
  private static final int ROW_BYTES = Integer.BYTES + 2 * Long.BYTES;
  private static final int ROWS_A_BLOCK = 4096;

  private Rows sorted = new Rows(0);
  private Rows waiting = new Rows(0);
  private @Nullable EventLayers layers;
  private @Nullable RevenueSums sums;

  void add(int seq, long id, long value) {
    layers = null;
    sums = null;
    waiting.append(seq, id, value);
  }

  /** How much memory the rows take. */
  long bytes() {
    return (long) ROW_BYTES * (sorted.seqs.length + waiting.seqs.length);
  }

  /** All rows, by message and id. */
  Rows rows() {
    if (waiting.size > 0) {
      waiting.sort();
      sorted = sorted.size == 0 ? waiting.merged(new Rows(0)) : sorted.merged(waiting);
      waiting = new Rows(0);
    }
    return sorted;
  }

  /** The rows as events by day, the value being the day. */
  EventLayers layers() {
    if (layers == null) {
      layers = EventLayers.of(rows());
    }
    return layers;
  }

  /** The rows' values, being millionths, added up by message. */
  RevenueSums sums() {
    if (sums == null) {
      sums = RevenueSums.of(rows());
    }
    return sums;
  }

  /** The rows of several tables in one. */
  static Rows union(Iterable<EventRows> tables) {
    Rows union = new Rows(0);
    for (EventRows table : tables) {
      union = union.size == 0 ? table.rows() : union.merged(table.rows());
    }
    return union;
  }

  void writeTo(DataOutput out) throws IOException {
    Rows rows = rows();
    out.writeInt(rows.size);
    ByteBuffer block = ByteBuffer.allocate(ROWS_A_BLOCK * ROW_BYTES);
    for (int row = 0; row < rows.size; row++) {
      block.putInt(rows.seqs[row]).putLong(rows.ids[row]).putLong(rows.values[row]);
      if (!block.hasRemaining() || row == rows.size - 1) {
        out.write(block.array(), 0, block.position());
        block.clear();
      }
    }
  }

  /** Takes in what {@link #writeTo} wrote, in place of what was there. */
  void readFrom(DataInput in) throws IOException {
    int size = in.readInt();
    Rows rows = new Rows(size);
    byte[] block = new byte[ROWS_A_BLOCK * ROW_BYTES];
    for (int read = 0; read < size; read += ROWS_A_BLOCK) {
      int count = Math.min(ROWS_A_BLOCK, size - read);
      in.readFully(block, 0, count * ROW_BYTES);
      ByteBuffer buffer = ByteBuffer.wrap(block);
      for (int row = 0; row < count; row++) {
        rows.append(buffer.getInt(), buffer.getLong(), buffer.getLong());
      }
    }
    sorted = rows;
    waiting = new Rows(0);
    layers = null;
    sums = null;
  }

  /** Columns of rows. */
  static final class Rows {
    private static final int FEW = 16;

    private int[] seqs;
    private long[] ids;
    private long[] values;
    private int size;

    private Rows(int capacity) {
      seqs = new int[capacity];
      ids = new long[capacity];
      values = new long[capacity];
    }

    int size() {
      return size;
    }

    int seq(int row) {
      return seqs[row];
    }

    long id(int row) {
      return ids[row];
    }

    long value(int row) {
      return values[row];
    }

    private void append(int seq, long id, long value) {
      if (size == seqs.length) {
        int capacity = Math.max(FEW, size + (size >> 1));
        seqs = Arrays.copyOf(seqs, capacity);
        ids = Arrays.copyOf(ids, capacity);
        values = Arrays.copyOf(values, capacity);
      }
      seqs[size] = seq;
      ids[size] = id;
      values[size] = value;
      size++;
    }

    /** Appends in order, or joins with the last row when it is the same event. */
    private void join(Rows from, int row) {
      int last = size - 1;
      if (size > 0 && seqs[last] == from.seqs[row] && ids[last] == from.ids[row]) {
        values[last] = Math.min(values[last], from.values[row]);
      } else {
        append(from.seqs[row], from.ids[row], from.values[row]);
      }
    }

    /** Sorts by message with primitives, then the few rows of each message by id. */
    private void sort() {
      long[] order = new long[size];
      for (int row = 0; row < size; row++) {
        order[row] = (long) seqs[row] << 32 | row;
      }
      Arrays.sort(order);
      Rows result = new Rows(size);
      for (int start = 0; start < size; ) {
        int end = start + 1;
        while (end < size && order[end] >> 32 == order[start] >> 32) {
          end++;
        }
        for (int row : byId(order, start, end)) {
          result.append(seqs[row], ids[row], values[row]);
        }
        start = end;
      }
      seqs = result.seqs;
      ids = result.ids;
      values = result.values;
    }

    private int[] byId(long[] order, int start, int end) {
      int[] rows = new int[end - start];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (int) order[start + i];
      }
      if (rows.length == 1) {
        return rows;
      }
      return Arrays.stream(rows)
          .boxed()
          .sorted((a, b) -> Long.compare(ids[a], ids[b]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    /** Both in one, sorted; both must be sorted. */
    private Rows merged(Rows other) {
      Rows result = new Rows(size + other.size);
      int mine = 0;
      int its = 0;
      while (mine < size || its < other.size) {
        if (its == other.size || (mine < size && !other.before(its, this, mine))) {
          result.join(this, mine++);
        } else {
          result.join(other, its++);
        }
      }
      return result;
    }

    private boolean before(int row, Rows other, int otherRow) {
      return seqs[row] != other.seqs[otherRow]
          ? seqs[row] < other.seqs[otherRow]
          : ids[row] < other.ids[otherRow];
    }
  }
}
