package dev.carillon.channels.support.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
  private static final List<String> HOSTS = List.of("push.example", "127.0.0.1", "localhost");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://push.example/a",
        "https://PUSH.example:8443/a?b=c",
        "https://eu.push.example/a"
      })
  void hostsOfTheListMayBeCalled(String address) {
    assertThat(found(address, "203.0.113.9", "2606:4700::1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://push.example.evil.org/a",
        "https://evilpush.example/a",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://user@push.example/",
        "https://push.example@evil.org/",
        "http://push.example/",
        "ftp://push.example/",
        "//push.example/",
        "https:push.example",
        "push.example",
        ""
      })
  void othersMayNot(String address) {
    assertThat(new HostGuard(HOSTS, false).refuses(URI.create(address))).isPresent();
    assertThat(found(address, "203.0.113.9")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1"
      })
  void aNameThatLeadsIntoAPrivateNetworkIsNotCalled(String inside) {
    assertThat(found("https://push.example/", inside)).isFalse();
    assertThat(found("https://push.example/", "203.0.113.9", inside)).isFalse();
  }

  @Test
  void aTestMayCallThisMachineByPlainHttp() {
    HostGuard guard = new HostGuard(HOSTS, true);

    assertThat(guard.refusesNow(URI.create("http://127.0.0.1:8080/push"))).isEmpty();
    assertThat(guard.refusesNow(URI.create("http://127.0.0.2:8080/push"))).isPresent();
  }

  @Test
  void anUnknownNameIsNotCalled() {
    HostGuard guard =
        new HostGuard(
            HOSTS,
            false,
            host -> {
              throw new UnknownHostException(host);
            });

    assertThat(guard.refusesNow(URI.create("https://push.example/"))).isPresent();
  }

  private static boolean found(String address, String... addresses) {
    HostGuard guard =
        new HostGuard(
            HOSTS,
            false,
            _ -> {
              InetAddress[] all = new InetAddress[addresses.length];
              for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.ofLiteral(addresses[i]);
              }
              return all;
            });
    return guard.refusesNow(URI.create(address)).isEmpty();
  }
}
