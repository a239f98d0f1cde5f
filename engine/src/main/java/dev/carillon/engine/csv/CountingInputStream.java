package dev.carillon.engine.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that were read. For one thread at a time. */
final class CountingInputStream extends FilterInputStream {
  private long count;

  CountingInputStream(InputStream in) {
    super(in);
  }

  /** How many bytes were read. */
  long getCount() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    count += read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] bytes, int from, int most) throws IOException {
    int read = in.read(bytes, from, most);
    count += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long most) throws IOException {
    long skipped = in.skip(most);
    count += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
