# ipe-load: build, check, install.  "make help" lists the targets.
# SPDX-License-Identifier: MIT

VERSION = 0.1.0
BUILD = build

# What a packager sets.  Without CFLAGS, the smallest that the compiler can do.
DESTDIR =
PREFIX = /usr
SBINDIR = $(PREFIX)/sbin
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
UNITDIR = $(PREFIX)/lib/systemd/system
DOCDIR = $(PREFIX)/share/doc/ipe-load

# What the binary holds.
POLICY =
KEY =
CERT =
LOCKED =
SEAL_DM =
NEXT_INIT = /sbin/init
$(foreach name,LOCKED SEAL_DM,$(if $(filter-out 1,$($(name))),\
	$(error $(name)=$($(name)): set it to 1, or leave it empty)))

ifeq ($(origin CC),default)
CC := $(if $(shell command -v musl-gcc),musl-gcc,cc)
endif
HOSTCC = cc
OPENSSL = openssl

ifeq ($(origin CFLAGS),undefined)
CFLAGS := -Os
endif

# A compiler for glibc, clang or a cross compiler among them, is pointed at the musl beside it, where
# there is one; musl-gcc and the compilers of a musl system need no help.
machine := $(shell $(CC) -dumpmachine 2>/dev/null)
ifneq ($(findstring -gnu,$(machine)),)
ifeq ($(findstring musl-gcc,$(CC)),)
musl_arch := $(patsubst i%86,i386,$(firstword $(subst -, ,$(machine))))
musl := $(musl_arch)-linux-musl$(lastword $(subst -gnu, ,$(machine)x))
musl := $(patsubst %x,%,$(musl))
MUSL = $(patsubst %/libc.a,%,$(wildcard /usr/lib/$(musl)/libc.a))
endif
multiarch := $(shell $(CC) -print-multiarch 2>/dev/null)
# musl-gcc and the flags below hide the kernel's headers (linux/, asm/).
# A cross compiler's are beside it.
kernel_headers = -idirafter /usr/include $(addprefix -idirafter ,$(wildcard \
	$(multiarch:%=/usr/include/%) $(machine:%=/usr/%/include)))
endif
clang := $(findstring clang,$(CC))
ifneq ($(MUSL),)
# The headers of .../lib/MACHINE are in .../include/MACHINE, those of PREFIX/lib in PREFIX/include.
musl_include = $(firstword $(wildcard $(dir $(MUSL))../include/$(notdir $(MUSL)) $(MUSL)/../include))
musl_cflags = -nostdinc -isystem $(musl_include) \
	-isystem $(shell $(CC) -print-file-name=include)
musl_start = -nostdlib $(MUSL)/crt1.o $(MUSL)/crti.o
# Some of libgcc's functions call the C library, on arm for a division by zero.
musl_end = -L$(MUSL) -lc \
	$(shell $(CC) $(if $(clang),--rtlib=libgcc) -print-libgcc-file-name) -lc \
	$(MUSL)/crtn.o
endif

defines = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DIPE_LOAD_VERSION='"$(VERSION)"' \
	-DNEXT_INIT='"$(NEXT_INIT)"' $(if $(LOCKED),-DLOCKED) $(if $(SEAL_DM),-DSEAL_DM)
language = -std=c11 -Wall -Wextra -Werror
small = -fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections
all_cflags = $(language) $(CPPFLAGS) $(defines) $(small) $(musl_cflags) $(kernel_headers) $(CFLAGS)
all_ldflags = -static $(if $(clang),,-no-pie) -Wl,--gc-sections -Wl,-z,noseparate-code -s $(LDFLAGS)

sources := $(sort $(wildcard applet/*.c applet/*/*.c))
objects = $(sources:applet/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/embedded.o

# "make -s" is silent.
note = $(if $(findstring s,$(firstword -$(MAKEFLAGS))),@:,@echo)

all: $(BUILD)/ipe-load $(BUILD)/ipe-check $(BUILD)/ipe-status

$(BUILD)/ipe-load: $(objects) $(BUILD)/obj/link-config
	$(note) "  LINK    $@"
	@$(CC) $(CFLAGS) $(all_ldflags) $(musl_start) -o $@ $(objects) $(musl_end) || \
	{ printf '%s\n' "$@: not linked.  If a static C library is missing, install one:" \
		"Debian: musl-tools; Alpine: musl-dev; Fedora: musl-gcc; Arch: musl; Void: musl-devel." \
		"A cross compiler needs the musl of its architecture (Debian: musl-dev:ARCH), or MUSL=DIR." \
		>&2; exit 1; }

$(BUILD)/ipe-check $(BUILD)/ipe-status: $(BUILD)/ipe-load
	@ln -sf ipe-load $@

$(BUILD)/obj/%.o: applet/%.c $(BUILD)/obj/config
	$(note) "  CC      $@"
	@mkdir -p $(@D)
	@$(CC) $(all_cflags) -Iapplet -MMD -MP -c -o $@ $<

$(BUILD)/obj/embedded.o: $(BUILD)/obj/embedded.c $(BUILD)/obj/config
	$(note) "  CC      $@"
	@$(CC) $(all_cflags) -Iapplet -MMD -MP -c -o $@ $<

# A file that changes when what is in $(1) does.
define write_if_changed
@mkdir -p $(@D)
@printf '%s\n' $(1) | cmp -s - $@ || printf '%s\n' $(1) >$@
endef
quote = '$(subst ','\'',$(1))'

$(BUILD)/obj/config: FORCE
	$(call write_if_changed,$(call quote,$(CC) $(all_cflags)))
$(BUILD)/obj/link-config: FORCE
	$(call write_if_changed,$(call quote,$(all_ldflags) $(musl_start) $(musl_end)))
$(BUILD)/obj/policy-config: FORCE
	$(call write_if_changed,$(call quote,$(POLICY) $(if $(filter %.pol,$(POLICY)),$(KEY) $(CERT))))

# Policies: each is checked; a plain one is signed first.

embedded = $(foreach file,$(POLICY),$(if $(filter %.pol,$(file)),$(BUILD)/policy/$(notdir \
	$(file:.pol=.p7b)),$(file)))

# Each is signed to a file of its name.
plain_names = $(notdir $(filter %.pol,$(POLICY)))
twice = $(strip $(foreach name,$(sort $(plain_names)),\
	$(if $(word 2,$(filter $(name),$(plain_names))),$(name))))
$(if $(twice),$(error POLICY: two files have the name $(twice)))

$(BUILD)/obj/embedded.c: $(BUILD)/obj/policy-config $(embedded) \
		$(if $(POLICY),$(BUILD)/host/ipe-load)
	$(note) "  EMBED   $(words $(embedded)) policies"
	@$(if $(embedded),$(BUILD)/host/ipe-load -n $(embedded))
	@{ \
		echo '#include "find/find.h"'; n=0; \
		for file in $(embedded); do \
			echo "static const unsigned char policy_$$n[] = {"; \
			od -An -v -tu1 "$$file" | sed 's/ *\([0-9][0-9]*\)/\1,/g'; \
			echo '};'; n=$$((n + 1)); \
		done; \
		echo 'const struct embedded_policy embedded[] = {'; n=0; \
		for file in $(embedded); do \
			echo "{\"$$(basename "$$file" | sed 's/["\\]/\\&/g')\"," \
				"{policy_$$n, sizeof(policy_$$n)}},"; n=$$((n + 1)); \
		done; \
		echo '{0, {0, 0}}};'; \
		echo "const size_t embedded_count = $$n;"; \
	} >$@.new && mv $@.new $@

# Only the form that every kernel with IPE takes: no signed attributes, content inside, DER.
define sign
@test -n "$(KEY)" && test -n "$(CERT)" || \
	{ echo "$<: signing needs KEY=key.pem and CERT=cert.pem" >&2; exit 1; }
@$(BUILD)/host/ipe-check $(quiet) $<
$(note) "  SIGN    $@"
@rm -f $@ && mkdir -p $(@D)
@$(OPENSSL) smime -sign -binary -noattr -nodetach -nosmimecap -outform der -in $< \
	-signer $(CERT) -inkey $(KEY) -out $@.new && \
	$(BUILD)/host/ipe-check -q $@.new && mv $@.new $@ || { rm -f $@.new; exit 1; }
endef

%.p7b: %.pol | $(BUILD)/host/ipe-check
	$(sign)

# A signed policy that is there is taken as it is, also with its text beside it.
$(wildcard $(filter %.p7b,$(POLICY))): ;

# What is embedded is checked once more, together, as ipe-load will take it.
$(BUILD)/policy/%: quiet = -q

define sign_rule
$(BUILD)/policy/$(notdir $(1:.pol=.p7b)): $(1) $(KEY) $(CERT) $(BUILD)/obj/policy-config \
		| $(BUILD)/host/ipe-check
	$$(sign)
endef
$(foreach file,$(filter %.pol,$(POLICY)),$(eval $(call sign_rule,$(file))))

# The checker for the machine that builds, when that is another than the one that boots, and because
# the other cannot be linked before its policies are checked.
host_sources = $(sources)
$(BUILD)/host/ipe-check: $(sources) $(wildcard applet/*.h applet/*/*.h)
	$(note) "  HOSTCC  $@"
	@mkdir -p $(@D)
	@printf '%s\n' '#include "find/find.h"' 'const struct embedded_policy embedded[] = {{0, {0, 0}}};' \
		'const size_t embedded_count = 0;' >$(@D)/embedded.c
	@$(HOSTCC) $(language) $(defines) -O1 -Iapplet -o $@ $(sources) $(@D)/embedded.c

$(BUILD)/host/ipe-load: $(BUILD)/host/ipe-check
	@ln -sf ipe-check $@

install_program = install -D -m 755
install_data = install -D -m 644

install: install-base install-dracut install-mkinitcpio install-initramfs-tools

install-base:
	@test -x $(BUILD)/ipe-load || $(MAKE) all
	$(install_program) $(BUILD)/ipe-load $(DESTDIR)$(SBINDIR)/ipe-load
	ln -sf ipe-load $(DESTDIR)$(SBINDIR)/ipe-status
	mkdir -p $(DESTDIR)$(BINDIR)
	case $(BINDIR) in \
	$(SBINDIR)) ln -sf ipe-load $(DESTDIR)$(BINDIR)/ipe-check ;; \
	*) ln -sfr $(DESTDIR)$(SBINDIR)/ipe-load $(DESTDIR)$(BINDIR)/ipe-check ;; \
	esac
	for page in applet/man/*.[1-8]; do \
		$(install_data) $$page $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/} || exit; \
	done
	for policy in applet/examples/*.pol; do \
		$(install_data) $$policy $(DESTDIR)$(DOCDIR)/examples/$${policy##*/} || exit; \
	done

uninstall: uninstall-integrations
	rm -f $(DESTDIR)$(SBINDIR)/ipe-load $(DESTDIR)$(SBINDIR)/ipe-status $(DESTDIR)$(BINDIR)/ipe-check
	for page in applet/man/*.[1-8]; do \
		rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$${page##*/}; \
	done
	for policy in applet/examples/*.pol; do \
		rm -f $(DESTDIR)$(DOCDIR)/examples/$${policy##*/}; \
	done
	rmdir $(DESTDIR)$(DOCDIR)/examples $(DESTDIR)$(DOCDIR) 2>/dev/null || :

# The integrations, each where its tool looks for it, whatever PREFIX says.

PKG_CONFIG = pkg-config
DRACUTDIR := $(shell $(PKG_CONFIG) --variable=dracutmodulesdir dracut 2>/dev/null)
DRACUTDIR := $(or $(DRACUTDIR),/usr/lib/dracut/modules.d)
MKINITCPIODIR = /usr/lib/initcpio
INITRAMFSTOOLSDIR = /usr/share/initramfs-tools

# Copies $(2) to $(3) with mode $(1), and tells it where the rest was installed.
define install_hook
mkdir -p $(dir $(DESTDIR)$(3))
sed -e 's|^ipe_load=.*|ipe_load=$(SBINDIR)/ipe-load|' \
	-e 's|^ipe_check=.*|ipe_check=$(BINDIR)/ipe-check|' \
	-e 's|^ipe_unit=.*|ipe_unit=$(UNITDIR)/ipe-load.service|' $(2) >$(DESTDIR)$(3)
chmod $(1) $(DESTDIR)$(3)
endef

install-unit:
	$(install_data) dracut-module/ipe-load.service $(DESTDIR)$(UNITDIR)/ipe-load.service

install-dracut: install-base install-unit
	$(call install_hook,755,dracut-module/module-setup.sh,$(DRACUTDIR)/99ipe/module-setup.sh)
	$(install_program) dracut-module/ipe-load.sh $(DESTDIR)$(DRACUTDIR)/99ipe/ipe-load.sh
	$(install_program) dracut-module/ipe-init.sh $(DESTDIR)$(DRACUTDIR)/99ipe/ipe-init.sh

install-mkinitcpio: install-base install-unit
	$(call install_hook,644,mkinitcpio-hook/install/ipe,$(MKINITCPIODIR)/install/ipe)
	$(call install_hook,644,mkinitcpio-hook/install/sd-ipe,$(MKINITCPIODIR)/install/sd-ipe)
	$(install_data) mkinitcpio-hook/hooks/ipe $(DESTDIR)$(MKINITCPIODIR)/hooks/ipe

install-initramfs-tools: install-base
	$(call install_hook,755,initramfs-hook/hook,$(INITRAMFSTOOLSDIR)/hooks/ipe)
	$(install_data) initramfs-hook/conf-hook $(DESTDIR)$(INITRAMFSTOOLSDIR)/conf-hooks.d/ipe
	for place in init-top init-bottom; do \
		$(install_program) initramfs-hook/$$place \
			$(DESTDIR)$(INITRAMFSTOOLSDIR)/scripts/$$place/00-ipe || exit; \
	done

uninstall-integrations:
	rm -f $(DESTDIR)$(UNITDIR)/ipe-load.service
	rm -rf $(DESTDIR)$(DRACUTDIR)/99ipe
	rm -f $(DESTDIR)$(MKINITCPIODIR)/install/ipe $(DESTDIR)$(MKINITCPIODIR)/install/sd-ipe \
		$(DESTDIR)$(MKINITCPIODIR)/hooks/ipe
	for file in hooks/ipe conf-hooks.d/ipe scripts/init-top/00-ipe scripts/init-bottom/00-ipe; do \
		rm -f $(DESTDIR)$(INITRAMFSTOOLSDIR)/$$file; \
	done

.PHONY: install-unit install-dracut install-mkinitcpio install-initramfs-tools \
	uninstall-integrations

# The size of the binary beside its cousins'.
size: all
	@tests/size $(BUILD)/ipe-load

# How often each is measured.
RUNS = 11
bench:
	@tests/setup bench
	@RUNS=$(RUNS) tests/bench/run

coverage:
	@tests/setup check-fast
	@tests/coverage/run

demo:
	@tests/setup demo
	@$(MAKE) --no-print-directory all
	@tests/demo

demo-secureboot:
	@tests/setup demo-secureboot
	@$(MAKE) --no-print-directory all
	@tests/demo-secureboot

check:
	@tests/setup check
	@$(MAKE) --no-print-directory all
	@tests/run tests/host tests/build tests/vm tests/attack tests/generators

# What takes longer than 30 minutes together with the others.
check-full:
	@tests/setup check-full
	@$(MAKE) --no-print-directory all
	@start=$$(date +%s); tests/run tests/full; status=$$?; \
		echo "it took $$((($$(date +%s) - start) / 60)) minutes"; exit $$status

check-fast:
	@tests/setup check-fast
	@$(MAKE) --no-print-directory all
	@tests/run tests/host

FUZZ_SECONDS = 60
fuzz:
	@tests/setup check-fast
	@tests/fuzz/run $(FUZZ_SECONDS)

clean:
	rm -rf $(BUILD)

help:
	@echo 'make                        build $(BUILD)/ipe-load, ipe-check and ipe-status'
	@echo 'make POLICY="a.p7b b.p7b"   the same with policies embedded'
	@echo 'make POLICY=a.pol KEY=key.pem CERT=cert.pem   check, sign and embed'
	@echo 'make a.p7b KEY= CERT=       check and sign a.pol'
	@echo '  LOCKED=1                  ignore the rd.ipe kernel parameters; require, enforce, seal'
	@echo '  SEAL_DM=1                 the hand-over seals device-mapper too'
	@echo '  NEXT_INIT=PATH            what the hand-over executes ($(NEXT_INIT))'
	@echo '  BUILD=DIR CC= HOSTCC= CFLAGS= LDFLAGS= MUSL=DIR'
	@echo 'make install, uninstall     DESTDIR= PREFIX= SBINDIR= BINDIR= MANDIR= UNITDIR= DOCDIR='
	@echo 'make install-dracut, install-mkinitcpio, install-initramfs-tools   one integration;'
	@echo '                            DRACUTDIR= MKINITCPIODIR= INITRAMFSTOOLSDIR='
	@echo 'make demo                   see a policy hold on a real kernel (installs what it needs)'
	@echo 'make demo-secureboot        the whole chain under UEFI Secure Boot, and each link broken once'
	@echo 'make check                  run the tests but those of check-full (installs what it needs)'
	@echo 'make check-fast             those of the host alone, in a minute'
	@echo 'make check-full             the rest: all faults, other processors (35 minutes)'
	@echo 'make fuzz FUZZ_SECONDS=60   fuzz the readers'
	@echo 'make size                   the binary beside its cousins'
	@echo 'make bench RUNS=11          measure what it costs (two hours)'
	@echo 'make coverage               which lines the host tests and the fuzz corpora reach'
	@echo 'make clean'

-include $(wildcard $(BUILD)/obj/*.d $(BUILD)/obj/*/*.d)

.PHONY: all install install-base uninstall size demo demo-secureboot check check-full check-fast fuzz bench \
	coverage clean help FORCE
.DELETE_ON_ERROR:
