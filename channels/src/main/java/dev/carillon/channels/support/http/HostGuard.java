package dev.carillon.channels.support.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether calls may go to an address that somebody else gave, such as a browser: only to
 * hosts of a list, and never into this machine's own networks. Thread-safe.
 */
public final class HostGuard {
  private final List<String> hosts;
  private final boolean loopback;
  private final Resolver resolver;

  /** Finds the addresses of a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /**
   * @param hosts names of hosts; their subdomains are allowed too
   * @param loopback whether hosts of the list may be this machine, and be called by plain HTTP:
   *     only for tests
   */
  public HostGuard(List<String> hosts, boolean loopback) {
    this(hosts, loopback, InetAddress::getAllByName);
  }

  HostGuard(List<String> hosts, boolean loopback, Resolver resolver) {
    this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    this.loopback = loopback;
    this.resolver = resolver;
  }

  /** Why an address is never called, by what is written in it; empty when it may be. */
  public Optional<String> refuses(URI address) {
    String host = address.getHost();
    if (host == null || address.getRawUserInfo() != null) {
      return Optional.of("This is no address of a host.");
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (hosts.stream().noneMatch(one -> name.equals(one) || name.endsWith("." + one))) {
      return Optional.of("The host is not among those that may be called.");
    }
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    boolean plain = "http".equalsIgnoreCase(address.getScheme());
    return secure || (plain && loopback)
        ? Optional.empty()
        : Optional.of("The address must start with https.");
  }

  /**
   * Why an address is not called now; empty when it may be. Its host's name is looked up, and the
   * JDK's client that calls soon after goes to what was found here, as the JDK remembers it for a
   * while.
   */
  public Optional<String> refusesNow(URI address) {
    Optional<String> refused = refuses(address);
    if (refused.isPresent()) {
      return refused;
    }
    try {
      return Arrays.stream(resolver.resolve(address.getHost())).allMatch(this::mayBeCalled)
          ? Optional.empty()
          : Optional.of("The host is in a network that is not public.");
    } catch (UnknownHostException e) {
      return Optional.of("The host's name is not known.");
    }
  }

  private boolean mayBeCalled(InetAddress address) {
    return address.isLoopbackAddress() ? loopback : isPublic(address);
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet4Address) {
      return first != 0
          && first < 240
          && !(first == 100 && second >= 64 && second < 128)
          && !(first == 192 && second == 0 && bytes[2] == 0)
          && !(first == 198 && (second == 18 || second == 19));
    }
    // Global unicast, without what leads to an IPv4 address.
    return (first & 0xe0) == 0x20 && !(first == 0x20 && second == 0x02);
  }
}
