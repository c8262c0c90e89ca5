# ipe-load: build, check, install.  "make help" prints the lines that begin with "##".
# SPDX-License-Identifier: MIT

## make                         build ipe-load, ipe-check and ipe-status in build/
## make POLICY='a.p7b b.p7b'    the same with policies embedded (a blank within a name: '\ ')
## make POLICY=a.pol KEY=key.pem CERT=cert.pem   check, sign and embed
## make a.p7b KEY= CERT=        check and sign a.pol
##   KEY=pkcs11:...             a key in a token, for openssl's PKCS11='-engine pkcs11 -keyform engine'
##   LOCKED=1                   ignore the rd.ipe kernel parameters; require a policy, enforce
##   SEAL=1                     seal in the initramfs, where that is the final root
##   SEAL_DM=1 SEAL_EXEC=1      the hand-over seals device-mapper too, or scripts (as -d, -e)
##   NEXT_INIT=PATH             what the hand-over executes (/sbin/init)
##   BUILD=DIR HOSTCC=          where to build; the compiler of the checker that the build runs
##   CC= CFLAGS= CPPFLAGS= LDFLAGS= MUSL=DIR   of the binary
## make install, uninstall      DESTDIR= PREFIX= SBINDIR= BINDIR= MANDIR= UNITDIR= DOCDIR=
## make install-dracut, install-mkinitcpio, install-initramfs-tools   one integration;
##                              DRACUTDIR= MKINITCPIODIR= INITRAMFSTOOLSDIR=
## make demo                    see a policy hold on a real kernel (installs what it needs)
## make demo-secureboot         the whole chain under UEFI Secure Boot, and each link broken once
## make check                   run the tests but those of check-full (installs what it needs)
## make check-fast              those of the host alone, in a minute
## make check-generators        those of images with the newest dracut, systemd and initramfs-tools
## make check-full              the rest: all faults, other processors, what is covered (an hour)
## make check-kernels KERNELS=  what depends on the kernel, on '6.18 7.3' or others than 6.12 (two hours)
## make fuzz FUZZ_SECONDS=60    fuzz the readers
## make size                    the binary beside its cousins
## make bench RUNS=11           measure what it costs (two hours)
## make coverage                which lines the host tests and the fuzz corpora reach
## make clean

VERSION = 0.2.0
BUILD = build
PREFIX = /usr
SBINDIR = $(PREFIX)/sbin
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
UNITDIR = $(PREFIX)/lib/systemd/system
DOCDIR = $(PREFIX)/share/doc/ipe-load
LIBDIR = $(PREFIX)/lib/ipe-load
NEXT_INIT = /sbin/init
PKCS11 = -engine pkcs11 -keyform engine
OPENSSL = openssl
HOSTCC = cc
ifeq ($(origin CC),default)
CC := $(if $(shell command -v musl-gcc),musl-gcc,cc)
endif
# Small: an enum is a byte, a switch has no table, a function stays one, a call saves no registers (2 KB).
# No tables for unwinding the stack (8 KB).  No symbols, no padding between the parts of the file (12 KB).
CFLAGS ?= -Oz -fshort-enums -fno-jump-tables -fno-asynchronous-unwind-tables \
	$(if $(findstring clang,$(CC)),,-flto -flto-partition=one -fno-inline-functions-called-once \
	-fno-tree-switch-conversion -fno-caller-saves)
LDFLAGS ?= -s -Wl,--gc-sections,--build-id=none,-z,noseparate-code,-z,norelro,-z,common-page-size=64

# Each is 1 or empty; the C code sees it under its name.
SWITCHES = LOCKED SEAL SEAL_DM SEAL_EXEC
# None of these comes from the environment.
$(foreach name,CERT DESTDIR KEY POLICY $(SWITCHES),$(eval $(name) =))
$(foreach name,$(SWITCHES),$(if $(filter-out 1,$($(name))),\
	$(error $(name)=$($(name)): set it to 1, or leave it empty)))
# These may hold any character: make does not expand them, and the shell gets them quoted.
$(foreach name,BUILD CERT DESTDIR KEY NEXT_INIT POLICY,$(eval override $(name) := $$(value $(name))))
quote = '$(subst ','\'',$(1))'
out = $(call quote,$@)
build := $(call quote,$(BUILD))
root := $(call quote,$(DESTDIR))
# A blank within a name: in targets as make wants it; in our own lists as this letter.
blank := $() $()
b := $(subst $(blank),\ ,$(BUILD))
letter := $(shell printf '\001')
# "make -s" is silent.
say = $(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,echo)

# musl-gcc says where its musl is.  Other compilers for glibc, cross compilers among them, use the one
# that Debian has for their machine.  The compilers of a musl system need no help.
machine := $(shell $(CC) -dumpmachine 2>/dev/null)
ifeq ($(findstring musl,$(machine)),)
MUSL := $(or $(shell $(CC) -v 2>&1 | sed -n 's|^Reading specs from \(.*\)/musl-gcc.specs$$|\1|p'),\
	$(patsubst %/libc.a,%,$(wildcard /usr/lib/$(shell echo $(machine) | \
		sed 's/^i.86-/i386-/; s/-.*linux-gnu/-linux-musl/')/libc.a)))
# The kernel's headers (linux/, asm/), which musl does not have.
kernel_headers := $(addprefix -idirafter ,/usr/include \
	/usr/include/$(shell $(CC) -print-multiarch 2>/dev/null) /usr/$(machine)/include)
endif
# A static PIE where the flags ask for one; by default not, since it takes 1,400 bytes and a page fault
# at each start.  The linker is told too: the specs of musl-gcc know no static PIE.
pie := $(if $(filter -fPIE -fpie -pie -static-pie,$(CFLAGS) $(LDFLAGS)),-fPIE)
static := $(if $(pie),-static-pie $(addprefix -Xlinker ,-static -pie --no-dynamic-linker),-static)
# Fedora's flags pack relocations, which musl before 1.2.4 does not unpack.
static += $(if $(findstring pack-relative,$(LDFLAGS)),$(addprefix -Xlinker ,-z nopack-relative-relocs))
ifneq ($(MUSL),)
# The headers of .../lib/MACHINE are in .../include/MACHINE, those of PREFIX/lib in PREFIX/include.
musl_cflags := -nostdinc -isystem $(firstword $(wildcard $(dir $(MUSL))../include/$(notdir $(MUSL)) \
	$(MUSL)/../include)) -isystem $(shell $(CC) -print-file-name=include)
musl_start := -nostdlib $(MUSL)/$(if $(pie),r)crt1.o
musl_end := -L$(MUSL) -lc $(shell $(CC) $(if $(findstring clang,$(CC)),--rtlib=libgcc) \
	-print-libgcc-file-name) -lc
endif

sources := $(sort $(wildcard applet/*.c applet/*/*.c))
headers := $(wildcard applet/*.h applet/*/*.h)
names := $(sources:applet/%.c=%) embedded
language = -std=c11 -Wall -Wextra -Iapplet -D_FILE_OFFSET_BITS=64 \
	-DIPE_LOAD_VERSION='"$(VERSION)"' -DNEXT_INIT=$(call quote,"$(NEXT_INIT)") \
	$(foreach name,$(SWITCHES),$(if $($(name)),-D$(name)))
state_only = -DSTATE_ONLY=1
compile = $(CC) $(language) $(state_only) $(CPPFLAGS) $(musl_cflags) $(kernel_headers) $(or $(pie),-fno-pie) $(CFLAGS)
# After LDFLAGS: -pie, if that were the last, would ask for a dynamic loader.
link = $(CC) $(CFLAGS) $(LDFLAGS) $(static) $(musl_start)
# The checker that the build runs: the target's may not run here, and has the policies in it.
host_compile = $(HOSTCC) $(language)

all: $(b)/ipe-load $(b)/ipe-check $(b)/ipe-status
$(b)/ipe-load: $(names:%=$(b)/obj/%.o)
	@$(say) '  LINK   ' $(out)
	@$(link) -o $(out) $(names:%=$(build)/obj/%.o) $(musl_end) || { printf '%s\n' \
		$(out)': not linked.  If a static C library is missing, install one:' \
		'Debian: musl-tools; Alpine: musl-dev; Fedora: musl-gcc; Arch: musl; Void: musl-devel.' \
		'A cross compiler needs the musl of its architecture (Debian: musl-dev:ARCH), or MUSL=DIR.' \
		>&2; exit 1; }
$(b)/ipe-check: $(b)/ipe-load
	@ln -sf ipe-load $(out)
# The same program with all of ipe-status, most of which no image needs.
$(b)/ipe-status: $(sources) $(headers) $(b)/obj/config
	@$(say) '  LINK   ' $(out)
	@$(embed) >$(build)/obj/empty.c
	@rm -f $(out); $(subst $(state_only),,$(compile)) $(LDFLAGS) $(static) $(musl_start) -o $(out) \
		$(sources) $(build)/obj/empty.c $(musl_end)

# Any header and any variable compiles all of it again, which takes three seconds.
$(b)/obj/%.o: applet/%.c $(headers) $(b)/obj/config
	@$(say) '  CC     ' $(out)
	@$(compile) -c -o $(out) $<
$(b)/obj/embedded.o: $(b)/obj/embedded.c $(headers) $(b)/obj/config
	@$(say) '  CC     ' $(out)
	@$(compile) -c -o $(out) $(build)/obj/embedded.c

# Prints the files that are its arguments as the table of embedded policies.
embed = applet/find/embedded.sh
$(b)/host/ipe-check: $(sources) $(headers) $(b)/obj/config
	@$(say) '  HOSTCC ' $(out)
	@$(embed) >$(build)/host/embedded.c
	@$(host_compile) -o $(out) $(sources) $(build)/host/embedded.c
	@ln -sf ipe-check $(build)/host/ipe-load
# Changes when one of $(1) does.
write_if_changed = @printf '%s\n' $(1) | cmp -s - $(out) || printf '%s\n' $(1) >$(out)
$(b)/obj/config: FORCE
	@mkdir -p $(build)/host $(addprefix $(build)/obj/,$(sort $(dir $(names))))
	$(call write_if_changed,$(foreach part,names compile link musl_end host_compile,$(call quote,$($(part)))))

# sign PLAIN SIGNED, with options for ipe-check.  Only the form that every kernel with IPE takes: no
# signed attributes, content inside, DER.
pkcs11 := $(if $(filter pkcs11:%,$(firstword $(KEY))),$(PKCS11))
sign = sign() { \
	test -n $(call quote,$(KEY)) && test -n $(call quote,$(CERT)) || \
		{ printf '%s\n' "$$1: signing needs KEY=key.pem and CERT=cert.pem" >&2; return 1; }; \
	$(build)/host/ipe-check $(1) "$$1" || return; \
	$(say) '  SIGN   ' "$$2"; \
	rm -f "$$2" && mkdir -p "$$(dirname "$$2")" && \
	$(OPENSSL) smime -sign -binary -noattr -nodetach -nosmimecap -outform der -in "$$1" \
		-signer $(call quote,$(CERT)) $(pkcs11) -inkey $(call quote,$(KEY)) -out "$$2.new" && \
	$(build)/host/ipe-check -q "$$2.new" && mv "$$2.new" "$$2" || { rm -f "$$2.new"; return 1; }; }
%.p7b: %.pol | $(b)/host/ipe-check
	@$(sign); sign $(call quote,$<) $(out)

# What is embedded.  The files themselves are no prerequisites, since make does not take every name:
# the list of them is touched when one is newer.  Of a URI, a PIN may follow the question mark.
policies := $(foreach file,$(subst \$(blank),$(letter),$(POLICY)),$(or $(wildcard $(file)),$(file)))
plain := $(filter %.pol,$(policies))
$(foreach name,$(sort $(notdir $(plain))),$(if $(word 2,$(filter $(name),$(notdir $(plain)))),\
	$(error POLICY: two files have the name $(subst $(letter),$(blank),$(name)))))
files := $(foreach file,$(policies),$(call quote,$(subst $(letter),$(blank),$(file))))
key := $(if $(pkcs11),$(firstword $(subst ?, ,$(subst $(blank),$(letter),$(KEY)))),$(KEY))
signer := $(if $(plain),$(call quote,$(key)) $(call quote,$(CERT)))
$(b)/obj/policies: FORCE | $(b)/obj/config
	$(call write_if_changed,$(files) $(signer))
	@for file in $(files) $(signer); do \
		test ! -e "$$file" || test $(out) -nt "$$file" || touch $(out); done

# A plain policy is signed.  Then all are checked together, as ipe-load will take them.
$(b)/obj/embedded.c: $(b)/obj/policies Makefile $(embed) $(if $(policies),$(b)/host/ipe-check)
	@$(say) '  EMBED   $(words $(policies)) policies'
	@$(call sign,-q); set --; for file in $(files); do \
		case $$file in \
		*.pol) plain=$$file signed=$(build)/policy/$$(basename "$$file" .pol).p7b; \
			test "$$signed" -nt $(build)/obj/policies ;; \
		*) plain=$${file%.p7b}.pol signed=$$file; test -e "$$file" || test ! -e "$$plain" ;; \
		esac || sign "$$plain" "$$signed" || exit; \
		set -- "$$@" "$$signed"; \
	done; \
	test $$# -eq 0 || $(build)/host/ipe-load -n "$$@" || exit; \
	$(embed) "$$@" >$(out).new && mv $(out).new $(out)

# What is copied, each as FROM:TO; the integrations where their tools look.
PKG_CONFIG = pkg-config
DRACUTDIR := $(or $(shell $(PKG_CONFIG) --variable=dracutmodulesdir dracut 2>/dev/null),\
	/usr/lib/dracut/modules.d)
MKINITCPIODIR = /usr/lib/initcpio
INITRAMFSTOOLSDIR = /usr/share/initramfs-tools
base := $(foreach page,$(wildcard applet/man/*.[1-8]),$(page):$(MANDIR)/man$(subst .,,$(suffix $(page)))/$(notdir $(page))) \
	$(foreach file,$(wildcard applet/examples/*.pol),$(file):$(DOCDIR)/examples/$(notdir $(file))) \
	dracut-module/kernel-unpacks:$(LIBDIR)/kernel-unpacks
unit := $(foreach name,ipe-load ipe-init,dracut-module/$(name).service:$(UNITDIR)/$(name).service)
dracut := $(foreach file,module-setup.sh ipe-load.sh ipe-init.sh,dracut-module/$(file):$(DRACUTDIR)/99ipe/$(file))
mkinitcpio := $(foreach file,install/ipe install/sd-ipe hooks/ipe post/ipe,mkinitcpio-hook/$(file):$(MKINITCPIODIR)/$(file)) \
	$(foreach name,@ @poweroff,mkinitcpio-hook/ipe-emergency$(name).service:$(UNITDIR)/ipe-emergency$(name).service)
initramfs-tools := $(foreach pair,hook:hooks/ipe conf-hook:conf-hooks.d/ipe init-top:scripts/init-top/00-ipe \
	init-bottom:scripts/init-bottom/00-ipe,initramfs-hook/$(subst :,:$(INITRAMFSTOOLSDIR)/,$(pair)))

# Copies these, and tells a hook where the rest is installed.
copy = @for pair in $(1); do from=$${pair%%:*} to=$(root)$${pair\#*:}; $(say) "  INSTALL $$to"; \
	install -D -m $$(test -x "$$from" && echo 755 || echo 644) "$$from" "$$to" && \
	sed -i -e 's|^ipe_load=.*|ipe_load=$(SBINDIR)/ipe-load|' -e 's|^ipe_check=.*|ipe_check=$(BINDIR)/ipe-check|' \
		-e 's|^ipe_unit=.*|ipe_unit=$(UNITDIR)/ipe-load.service|' -e 's|^ipe_lib=.*|ipe_lib=$(LIBDIR)|' "$$to" || exit; done
integrations := install-dracut install-mkinitcpio install-initramfs-tools
install: install-base $(integrations)
install-base:
	@test -x $(build)/ipe-status || $(MAKE) all
	install -D -m 755 $(build)/ipe-load $(root)$(SBINDIR)/ipe-load
	install -D -m 755 $(build)/ipe-status $(root)$(SBINDIR)/ipe-status
	mkdir -p $(root)$(BINDIR)
	ln -sf$(if $(filter-out $(SBINDIR),$(BINDIR)),r $(root)$(SBINDIR)/, )ipe-load $(root)$(BINDIR)/ipe-check
	$(call copy,$(base))
install-dracut install-mkinitcpio: install-unit
install-unit $(integrations): install-%: install-base
	$(call copy,$($*))
uninstall:
	rm -f $(addprefix $(root),$(SBINDIR)/ipe-load $(SBINDIR)/ipe-status $(BINDIR)/ipe-check \
		$(foreach pair,$(base) $(unit) $(dracut) $(mkinitcpio) $(initramfs-tools),$(lastword $(subst :, ,$(pair)))))
	rmdir $(addprefix $(root),$(DOCDIR)/examples $(DOCDIR) $(LIBDIR) $(DRACUTDIR)/99ipe) 2>/dev/null || :

# The tests, and what they measure and show.
run_check = tests/run $(addprefix tests/,attack build generators vm host)
run_check-fast = tests/run tests/host
run_check-generators = cd tests/generators && SUITE=sid ../run systemd-ipe.bats ../full/systemd_ipe_cases.bats dracut-shell.bats initramfs-tools.bats newest
run_check-full = tests/run tests/full
run_check-kernels = tests/kernels/run $(KERNELS)
run_fuzz = tests/fuzz/run $(or $(FUZZ_SECONDS),60)
tested := demo demo-secureboot check $(addprefix check-,fast full generators kernels) fuzz bench coverage
$(tested):
	@tests/setup $@
	@$(MAKE) --no-print-directory all
	@$(or $(run_$@),$(firstword $(wildcard tests/$@/run tests/$@)))
size: all
	@tests/size $(build)/ipe-load
clean:
	rm -rf $(build)
help:
	@sed -n 's/^## //p' Makefile
.PHONY: all install install-base install-unit $(integrations) uninstall $(tested) size clean help FORCE
.DELETE_ON_ERROR:
