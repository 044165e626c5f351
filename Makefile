# `make lab` opens the first notebook, `make dashboard` shows it without its code, `make test` runs the tests.
# Each sets up .venv when it is missing, out of date or broken (.ci/set-up); once it is there, nothing is fetched.

PYTHON = .venv/bin/python
# Packages that few need stand beside the environment, each list in a folder of .venv with a lock of its own:
# for tables in Parquet or Dask (`make lab LARGE=1`), for `make site`, and for reviewers and tests (diffs of
# notebooks, checks before a commit, what a hub builds and pulls with, locks).
LARGE_PACKAGES = pyarrow==26.0.1 dask==2026.8.0 distributed==2026.8.0
SITE_PACKAGES = sphinx==9.0.4 myst-nb==1.4.0 furo==2025.12.19
REVIEW_PACKAGES = nbdime==4.0.4 pre-commit==4.7.0 jupyter-repo2docker==2026.4.0 nbgitpuller==1.3.0 uv==0.13.9
# In a Chinese locale, or with LANG=zh on the command line, the Chinese edition is opened.
LOCALE = $(if $(filter command%,$(origin LANG)),$(LANG),$(or $(LC_ALL),$(LANG)))
FIRST = notebooks/$(if $(filter zh%,$(LOCALE)),zh/)00-start-here.ipynb
CJK = /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
# Only this machine may connect, and only with the token.
SERVER = --ServerApp.ip=127.0.0.1 $(if $(filter 0,$(shell id -u)),--allow-root)
# Opened notebooks are not trusted, so that saved charts show.
LAB = $(SERVER) --ServerApp.root_dir=. --NotebookNotary.db_file=:memory: --LabApp.default_url=/lab/tree/$(FIRST) \
  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate
# MathJax comes from Voilà itself; with this contents manager the server can be stopped while a page starts;
# kernels that nobody uses end after five minutes.
DASHBOARD = $(SERVER) --ServerApp.root_dir=$(dir $(FIRST)) \
  --ServerApp.default_url=/voila/render/$(notdir $(FIRST)) \
  --ServerApp.tornado_settings="{'mathjax_url': None, 'mathjax_config': None}" \
  --ServerApp.contents_manager_class=jupyter_server.services.contents.largefilemanager.LargeFileManager \
  --MappingKernelManager.cull_idle_timeout=300 \
  --VoilaConfiguration.template=offline --VoilaConfiguration.show_tracebacks=True

# What a user has set up for other work changes nothing here: modules on her path, what her IPython shows,
# where her Jupyter listens and with which token. Settings made in this JupyterLab are kept in .jupyter.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONOPTIMIZE PYTHONSAFEPATH PYTHONWARNINGS
unexport PYTEST_ADDOPTS JUPYTER_PATH JUPYTER_CONFIG_PATH
export JUPYTER_CONFIG_DIR = $(CURDIR)/.jupyter
export IPYTHONDIR = $(CURDIR)/.jupyter
export JUPYTER_PREFER_ENV_PATH = 1

.PHONY: lab dashboard site check test test-slow key course answers collect bench fuzz refresh review fonts lock FORCE

lab: .venv/ready $(if $(LARGE),.venv/large/ready)
	$(if $(LARGE),PYTHONPATH="$(CURDIR)/.venv/large" )$(PYTHON) -m jupyterlab $(LAB)

# Show the notebooks under Voilà: no code, all widgets alive.
dashboard: .venv/ready
	JUPYTER_PATH=notebooks/indicators/dashboard $(PYTHON) -m jupyter_server $(DASHBOARD)

# Write all notebooks and all figures as pages that need neither kernel nor network, in the folder site/, beside what
# is another's there.
site: .venv/ready .venv/site/ready
	PYTHONPATH="notebooks:$(CURDIR)/.venv/site" $(PYTHON) -m indicators.site site

# Say what is wrong with data/, and with what its page counts, in seconds.
check: .venv/ready
	@PYTHONPATH=notebooks $(PYTHON) tests/check.py

# All tests but the slow ones (servers, browsers, long searches), of which one of each kind is run;
# then those for large tables.
test: TIER = not slow or smoke
# The slow tests that `make test` leaves out.
test-slow: TIER = slow and not smoke
test test-slow: .venv/ready .venv/large/ready .venv/review/ready .venv/site/ready
	$(PYTHON) -m pytest -m "$(TIER)"
	PYTHONPATH="$(CURDIR)/.venv/large" $(PYTHON) -m pytest -m "$(TIER)" tests/large

# Write the lecturer's key to the exercises, in both languages, for a browser or a printer.
key: .venv/ready
	PYTHONPATH=notebooks $(PYTHON) -m indicators.exercises.answer_key key.html

# Write for the lecturer, in the folder course/ and in English and Chinese: a lesson of 45 minutes and a handout (A4)
# for each notebook, and the key.
course: .venv/ready
	PYTHONPATH=notebooks $(PYTHON) -m indicators.exercises.lesson_pages course

# Write a student's answers to a file that she can hand in.
answers: .venv/ready
	PYTHONPATH=notebooks $(PYTHON) -m indicators.exercises

# Read a FOLDER of such files into one table for the lecturer, OUT=answers.html or .csv; LANG=zh for Chinese.
collect: .venv/ready
	PYTHONPATH=notebooks $(PYTHON) -m indicators.exercises.collected $(if $(FOLDER),"$(FOLDER)",handed-in) \
	  "$(or $(OUT),answers.html)" $(if $(filter zh%,$(LOCALE)),zh)

# Measure how fast all this answers, beside other ways to do it, into tests/bench.json;
# PARTS="peers load" measures these parts only.
bench: .venv/ready .venv/large/ready
	PYTHONPATH=notebooks $(PYTHON) tests/bench.py $(PARTS)

# Load tables spoilt by chance, for an hour or MINUTES=5.
fuzz: .venv/ready
	PYTHONPATH=notebooks $(PYTHON) tests/fuzz.py $(or $(MINUTES),60)

# The notebooks of the bundle, and none that a reader keeps beside them.
NOTEBOOKS = $(shell PYTHONPATH=notebooks $(PYTHON) -c \
  "from indicators.editions import names; print(*names())")
# Run every notebook from top to bottom and save what it shows, in the language of the notebook whatever the locale;
# draw the picture of README.md.
refresh: .venv/ready
	LC_ALL=C.UTF-8 $(PYTHON) -m nbconvert --log-level=WARN --to notebook --execute --inplace \
	  --ExecutePreprocessor.store_widget_state=False --ExecutePreprocessor.record_timing=False \
	  --KernelManager.transport_encryption=auto $(NOTEBOOKS:%=notebooks/%.ipynb)
	PYTHONPATH=notebooks $(PYTHON) -m indicators.site.picture .github

# Show changes of notebooks by cell, and check what is committed, in this clone (.ci/gitconfig).
review: .venv/ready .venv/review/ready
	git config --local include.path ../.ci/gitconfig

# Take from the font the characters of GB 2312 and those that data and words have; needs the package fonts-noto-cjk.
fonts: .venv/ready
	$(PYTHON) -c "print(bytes(n for a in range(0xb0, 0xf8) for b in range(0xa1, 0xff) for n in (a, b)) \
	  .decode('gb2312', 'ignore'))" > .venv/characters.txt
	cat data/*.csv >> .venv/characters.txt
	find notebooks/indicators -name '*.py' -exec cat {} + >> .venv/characters.txt
	$(PYTHON) -m fontTools.subset $(CJK) --font-number=2 --text-file=.venv/characters.txt --no-hinting \
	  --layout-features= --desubroutinize --drop-tables+=vhea,vmtx,VORG,BASE \
	  --output-file=notebooks/indicators/charts/fonts/NotoSansCJKsc-Subset.otf

# Make requirements/lab.txt from environment.yml, and the others with what their lists need beyond it (on Windows alone,
# colorama is in both). The newest argon2-cffi-bindings has no wheel for a Mac with an Intel processor.
COMPILE = PYTHONPATH=.venv/review $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-annotate --custom-compile-command 'make lock'
INTEL_MAC = sys_platform == 'darwin' and platform_machine == 'x86_64'
ANY_OTHER = sys_platform != 'darwin' or platform_machine != 'x86_64'
NOT_AGAIN = sed -nE '/== .win32/!s/^([a-z0-9._-]+)==.*/--no-emit-package \1/p' requirements/lab.txt
BEYOND = $(COMPILE) -c requirements/lab.txt $$($(NOT_AGAIN))
lock: .venv/ready .venv/review/ready
	{ sed -nE 's/^ *- ([a-z-]+)==?([0-9].*)/\1==\2/p' environment.yml | grep -v '^python=='; \
	  printf 'argon2-cffi-bindings%s\n' "<26 ; $(INTEL_MAC)" ">=26 ; $(ANY_OTHER)"; } \
	  | $(COMPILE) -o requirements/lab.txt -
	printf '%s\n' $(LARGE_PACKAGES) | $(BEYOND) -o requirements/large.txt -
	printf '%s\n' $(REVIEW_PACKAGES) | $(BEYOND) -o requirements/review.txt -
	printf '%s\n' $(SITE_PACKAGES) | $(BEYOND) -o requirements/site.txt -

# Whether anything is to be done is told by what the locks say, not by when they were written.
.venv/ready: FORCE
	@sh .ci/set-up lab $(MAKECMDGOALS)

.venv/%/ready: .venv/ready FORCE
	@sh .ci/set-up $* $(MAKECMDGOALS)

FORCE:
